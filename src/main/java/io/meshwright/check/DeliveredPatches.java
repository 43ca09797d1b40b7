package io.meshwright.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Manifests;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * The patches that Kustomizations of Flux and Applications of Argo CD make of what they deliver, beside those of any
 * kustomization: {@code spec.patches} (fluxcd.io, Kustomization) and {@code kustomize.patches} of a source (argo-cd,
 * user-guide/kustomize).
 */
final class DeliveredPatches {
    private final List<Patch> patches;

    DeliveredPatches(Manifests manifests) {
        Stream<Patch> flux = manifests.kind(Kind.FLUX_KUSTOMIZATION).stream()
                .flatMap(each -> Stream.of("patches", "patchesStrategicMerge", "patchesJson6902")
                        .flatMap(list -> Fields.items(each.at("/spec").path(list)).stream()))
                .map(DeliveredPatches::patch);
        Stream<Patch> argo = Stream.concat(
                        manifests.kind(Kind.APPLICATION).stream().map(each -> each.at("/spec")),
                        manifests.kind(Kind.APPLICATION_SET).stream().map(each -> each.at("/spec/template/spec")))
                .flatMap(spec ->
                        Stream.concat(Stream.of(spec.path("source")), Fields.items(spec.path("sources")).stream()))
                .flatMap(source -> Fields.items(source.at("/kustomize/patches")).stream())
                .map(DeliveredPatches::patch);
        this.patches = Stream.concat(flux, argo).toList();
    }

    private static Patch patch(JsonNode entry) {
        JsonNode written = entry.has("patch") ? entry.path("patch") : entry;
        JsonNode content = written.isTextual()
                ? ManifestReader.value(written.asText()).orElse(MissingNode.getInstance())
                : written;
        return new Patch(entry.path("target"), content);
    }

    /** {@code content} is a list of changes, or a part of an object; else nobody can tell here. */
    private record Patch(JsonNode target, JsonNode content) {
        boolean isFor(Kind kind) {
            JsonNode said = target.isObject() || content.isArray() ? target : content;
            return fits(said.path("kind"), kind.name()) && fits(target.path("group"), kind.group());
        }

        boolean isFor(Manifest object) {
            JsonNode named = target.isObject() || content.isArray() ? target : content.path("metadata");
            return isFor(object.kind())
                    && fits(named.path("name"), object.name())
                    && (object.namespace().isEmpty() || fits(named.path("namespace"), object.home()));
        }

        /** Kustomize reads words of a target as expressions for the whole. */
        private static boolean fits(JsonNode asked, String found) {
            try {
                return asked.asText("").isEmpty()
                        || asked.asText().equals(found)
                        || Pattern.matches(asked.asText(), found);
            } catch (PatternSyntaxException none) {
                return false;
            }
        }

        boolean touches(String pointer) {
            if (content.isArray()) {
                return Fields.items(content).stream()
                        .map(change -> change.path("path").asText(""))
                        .anyMatch(path -> isWithin(path, pointer) || isWithin(pointer, path));
            }
            return !content.isObject() || content.has("$patch") || reaches(content, pointer);
        }

        private static boolean isWithin(String pointer, String other) {
            return pointer.equals(other) || pointer.startsWith(other.concat("/"));
        }

        /** A list is replaced as a whole, unless its kind says by what its items are told apart. */
        private static boolean reaches(JsonNode part, String pointer) {
            JsonNode at = part;
            for (String name :
                    pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/")) {
                if (!at.isObject()) {
                    break;
                }
                at = at.path(name.replace("~1", "/").replace("~0", "~"));
            }
            return !at.isMissingNode();
        }
    }

    /** True if objects of the kind are patched, such as the defaults of children. */
    boolean areFor(Kind kind) {
        return patches.stream().anyMatch(patch -> patch.isFor(kind));
    }

    /** True if a patch changes what stands there in the object, or something around or below it. */
    boolean touch(Manifest object, String pointer) {
        return patches.stream().anyMatch(patch -> patch.isFor(object) && patch.touches(pointer));
    }
}
