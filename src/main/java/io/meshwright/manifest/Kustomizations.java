package io.meshwright.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Unreadable.Flaw;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files that Kustomize reads as patches, settings and data: they hold parts of objects or none, whatever they say.
 */
final class Kustomizations {
    static final String VERSION = "kustomize.config.k8s.io/v1beta1";
    static final String KIND = "Kustomization";
    static final String GROUP = "kustomize.config.k8s.io";
    // With a word between where something fills in what Kustomize reads.
    private static final Pattern FILE = Pattern.compile("(^|/)kustomization(\\.\\w+)?\\.ya?ml$");
    private static final List<String> LISTS = List.of(
            "patches",
            "patchesStrategicMerge",
            "patchesJson6902",
            "replacements",
            "configurations",
            "openapi",
            // Settings of plugins, which Kustomize runs and nobody applies.
            "generators",
            "transformers",
            "validators");
    private static final List<String> GENERATORS = List.of("configMapGenerator", "secretGenerator");

    private final Set<String> parts = new TreeSet<>();
    private final Set<String> listed = new TreeSet<>();
    private final Set<String> folders = new TreeSet<>();

    private Kustomizations() {}

    /** The kustomizations, and components of them, among the objects of a folder. */
    static Kustomizations of(Collection<Manifest> manifests) {
        Kustomizations found = new Kustomizations();
        manifests.stream()
                .filter(manifest -> manifest.kind().group().equals(GROUP))
                .forEach(found::add);
        return found;
    }

    boolean isEmpty() {
        return folders.isEmpty();
    }

    /** True if a file is a kustomization by its name alone; Kustomize fills in apiVersion and kind. */
    static boolean isUnnamed(Place place, JsonNode body) {
        String file = place.file();
        return FILE.matcher(file).find()
                && body.isObject()
                && body.path("kind").asText(KIND).equals(KIND)
                && !body.path("apiVersion").isTextual();
    }

    private void add(Manifest kustomization) {
        String file = kustomization.place().file();
        normal("%s/..".formatted(file)).ifPresent(folders::add);
        kustomization.texts("/resources").forEach(path -> add(file, path, listed));
        for (String list : LISTS) {
            JsonNode entries = kustomization.body().path(list);
            Stream.concat(Stream.of(entries), Fields.items(entries).stream())
                    .flatMap(entry -> Fields.text(entry.isTextual() ? entry : entry.path("path")).stream())
                    .forEach(path -> add(file, path, parts));
        }
        for (String list : GENERATORS) {
            for (JsonNode generator : Fields.items(kustomization.body().path(list))) {
                // A file may be given a key: KEY=PATH.
                Stream.of("files", "envs")
                        .flatMap(key -> Fields.texts(generator.path(key)).stream())
                        .forEach(path -> add(file, path.substring(path.indexOf('=') + 1), parts));
            }
        }
    }

    private static void add(String kustomization, String path, Set<String> files) {
        // A patch may also be written in place.
        if (path.indexOf('\n') < 0) {
            normal("%s/../%s".formatted(kustomization, path)).ifPresent(files::add);
        }
    }

    static Optional<String> normal(String file) {
        try {
            return Optional.of(Path.of(file).normalize().toString());
        } catch (InvalidPathException none) {
            return Optional.empty();
        }
    }

    private boolean isPart(Place place) {
        return !folders.isEmpty()
                && normal(place.file())
                        .filter(file -> parts.contains(file) || isIdlePatch(file))
                        // A component may be called "patches" too, and its kustomization is no patch.
                        .filter(file -> !FILE.matcher(place.file()).find())
                        .isPresent();
    }

    /** A patch that nobody lists, such as one that is commented out, is applied by nobody. */
    private boolean isIdlePatch(String file) {
        Path folder = Path.of(file).getParent();
        // Other programs patch too, such as kubeadm, and keep their patches in a folder of that name.
        boolean kept = folder != null && folder.endsWith("patches");
        boolean named = file.substring(file.lastIndexOf('/') + 1).contains("patch");
        return !listed.contains(file)
                && (kept || named && (isIn(folders, folder) || folder != null && isIn(folders, folder.getParent())));
    }

    private static boolean isIn(Set<String> folders, @Nullable Path folder) {
        return folder != null && folders.contains(folder.toString());
    }

    /** The rest of what was read, with a note for each file that is taken out. */
    Reading without(List<Manifest> manifests, List<Unreadable> flaws) {
        Stream<Unreadable> notes = Stream.concat(
                        manifests.stream().map(Manifest::place), flaws.stream().map(Unreadable::place))
                .filter(this::isPart)
                .map(Place::file)
                .distinct()
                .map(file -> new Unreadable(
                        Place.of(file),
                        Flaw.FOREIGN,
                        "file: is read by Kustomize, as a patch or as data; check what it builds with it"));
        return new Reading(
                Manifests.of(manifests.stream()
                        .filter(manifest -> !isPart(manifest.place()))
                        .toList()),
                Stream.concat(flaws.stream().filter(flaw -> !isPart(flaw.place())), notes)
                        .sorted()
                        .toList());
    }
}
