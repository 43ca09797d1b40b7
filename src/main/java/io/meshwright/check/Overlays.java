package io.meshwright.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.KustomizeBuild;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files whose objects Kustomize completes before anybody applies them: bases leave to patches, common labels and
 * components what differs (kubectl.docs.kubernetes.io, reference of kustomization).
 */
final class Overlays {
    private static final Kind KUSTOMIZATION = new Kind("kustomize.config.k8s.io", "Kustomization");
    private static final Kind FLUX = new Kind("kustomize.toolkit.fluxcd.io", "Kustomization");
    private static final Pattern KIND = Pattern.compile("(?m)^kind: *\"?(\\w+)");
    private static final Kind COMPONENT = new Kind("kustomize.config.k8s.io", "Component");
    private static final List<String> READ = List.of("/resources", "/bases", "/components");
    private static final List<String> CHANGES = List.of(
            "patches",
            "patchesStrategicMerge",
            "patchesJson6902",
            "commonLabels",
            "labels",
            "components",
            "replacements",
            "vars",
            "transformers");

    private final Map<String, Manifest> byFolder = new TreeMap<>();
    /** Fields by which Kustomize fetches, runs or copies, of which nothing is read here. */
    private static final List<String> UNSEEN = List.of(
            "helmCharts",
            "helmChartInflationGenerator",
            "generators",
            "transformers",
            "replacements",
            "vars",
            KustomizeBuild.MISSING);

    private static final Pattern REMOTE = Pattern.compile("://|^git@|^github\\.com/|\\?ref=");

    private final Set<String> completed = new TreeSet<>();
    private final Set<String> patchedKinds = new TreeSet<>();
    private final Set<String> partial = new TreeSet<>();

    Overlays(Manifests manifests) {
        List<Manifest> all = Stream.of(KUSTOMIZATION, COMPONENT)
                .flatMap(kind -> manifests.kind(kind).stream())
                .toList();
        all.forEach(each -> normal(each, "..").ifPresent(folder -> byFolder.put(folder, each)));
        // A component changes what the kustomizations read that use it.
        all.stream()
                .filter(each -> CHANGES.stream()
                        .anyMatch(change -> !each.body().path(change).isEmpty()))
                .forEach(each -> read(each, completed));
        all.stream().filter(Overlays::hasUnseen).forEach(each -> read(each, partial));
        manifests.kind(FLUX).stream()
                .flatMap(each -> Fields.items(each.at("/spec/patches")).stream())
                .forEach(this::patched);
    }

    /** The kind that a patch of Flux is for, by its target or by the object that it is (strategic merge). */
    private void patched(JsonNode patch) {
        Fields.text(patch.at("/target/kind")).ifPresent(patchedKinds::add);
        KIND.matcher(patch.path("patch").asText(""))
                .results()
                .map(found -> found.group(1))
                .forEach(patchedKinds::add);
    }

    /** True if a Kustomization of Flux patches objects of the kind, such as the defaults of its own children. */
    boolean isPatchedByFlux(Manifest object) {
        return arePatchedByFlux(object.kind());
    }

    boolean arePatchedByFlux(Kind kind) {
        return patchedKinds.contains(kind.name());
    }

    private static boolean hasUnseen(Manifest kustomization) {
        return UNSEEN.stream().anyMatch(key -> !kustomization.body().path(key).isEmpty())
                || READ.stream()
                        .flatMap(list -> kustomization.texts(list).stream())
                        .anyMatch(path -> REMOTE.matcher(path).find());
    }

    /** Tells whether Kustomize builds the object together with parts that are not read here. */
    boolean isPartial(String file) {
        return !partial.isEmpty() && normal(file).filter(partial::contains).isPresent();
    }

    /** True if Kustomize changes the object before it is applied. */
    boolean complete(String file) {
        return !completed.isEmpty() && normal(file).filter(completed::contains).isPresent();
    }

    private void read(Manifest kustomization, Set<String> files) {
        READ.stream()
                .flatMap(list -> kustomization.texts(list).stream())
                .flatMap(path -> normal(kustomization, "../".concat(path)).stream())
                .filter(files::add)
                .flatMap(path -> Stream.ofNullable(byFolder.get(path)))
                .forEach(each -> read(each, files));
    }

    private static Optional<String> normal(Manifest kustomization, String path) {
        return normal("%s/%s".formatted(kustomization.place().file(), path));
    }

    private static Optional<String> normal(String file) {
        try {
            return Optional.of(Path.of(file).normalize().toString());
        } catch (InvalidPathException none) {
            return Optional.empty();
        }
    }
}
