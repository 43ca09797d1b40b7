package io.meshwright.check;

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

    /** Changes that are left when patches, labels and replacements that were read are made. */
    private static final List<String> LEFT =
            List.of("transformers", "configurations", "vars", "replacements", KustomizeBuild.MISSING);

    private final Set<String> completed = new TreeSet<>();
    private final Set<String> left = new TreeSet<>();
    private final Set<String> transformed = new TreeSet<>();
    private final Set<String> partial = new TreeSet<>();

    Overlays(Manifests manifests) {
        List<Manifest> all = Stream.of(Kind.KUSTOMIZATION, COMPONENT)
                .flatMap(kind -> manifests.kind(kind).stream())
                .toList();
        all.forEach(each -> normal(each, "..").ifPresent(folder -> byFolder.put(folder, each)));
        // A component changes what the kustomizations read that use it.
        all.forEach(each -> {
            if (has(each, CHANGES)) {
                read(each, completed);
            }
            if (has(each, LEFT)) {
                read(each, left);
            }
            if (has(each, List.of("transformers"))) {
                read(each, transformed);
            }
            if (hasUnseen(each)) {
                read(each, partial);
            }
        });
    }

    private static boolean has(Manifest kustomization, List<String> keys) {
        return keys.stream().anyMatch(key -> !kustomization.body().path(key).isEmpty());
    }

    private static boolean hasUnseen(Manifest kustomization) {
        return has(kustomization, UNSEEN)
                || READ.stream()
                        .flatMap(list -> kustomization.texts(list).stream())
                        .anyMatch(path -> REMOTE.matcher(path).find());
    }

    /** Tells whether Kustomize builds the object together with parts that are not read here. */
    boolean isPartial(String file) {
        return !partial.isEmpty() && normal(file).filter(partial::contains).isPresent();
    }

    /** True if Kustomize changes the object before it is applied, and nothing here has made that of it yet. */
    boolean complete(Manifest object) {
        Set<String> unfinished = object.isBuilt() ? left : completed;
        return !unfinished.isEmpty()
                && normal(object.place().file()).filter(unfinished::contains).isPresent();
    }

    /** True if plugins or transformers in files of their own may make anything of the object. */
    boolean transform(Manifest object) {
        return !transformed.isEmpty()
                && normal(object.place().file()).filter(transformed::contains).isPresent();
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
