package io.meshwright.file;

import io.meshwright.check.Verdicts;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Reading;
import io.meshwright.manifest.Unreadable;
import io.meshwright.manifest.Variants;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.output.Distribution;
import io.meshwright.plan.git.GitFolder;
import io.meshwright.plan.side.Side;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * The manifests of one side of a plan, before anything is made of them.
 *
 * @param name what the side is, in words
 * @param readings each mesh by the name of its environment; one of no environment has none
 * @param roots what the names of each mesh's files begin with
 * @param variants what the one reading was made of, where it may be several clusters'
 */
public record SideSource(
        String name, SortedMap<String, Reading> readings, Map<String, String> roots, Optional<Variants> variants) {
    private static final int ABBREVIATED = 10;

    /** Of meshes each of which is one cluster's. */
    public SideSource(String name, SortedMap<String, Reading> readings, Map<String, String> roots) {
        this(name, readings, roots, Optional.empty());
    }

    /**
     * Of a file, a folder of manifests, or a dist of several environments, which exists.
     *
     * @throws IOException when it cannot be listed
     */
    public static SideSource ofFolder(Path folder, Supplier<ManifestReader> readers) throws IOException {
        SortedMap<String, Reading> readings = new TreeMap<>();
        Map<String, String> roots = new TreeMap<>();
        for (Path environment : DistFolders.environments(folder)) {
            String name = environment.getFileName().toString();
            readings.put(name, DistFolders.stacks(environment, readers.get()).read());
            roots.put(name, slashed(environment));
        }
        if (readings.isEmpty()) {
            // the name of a file of its own says no more than that of a folder
            String root = Files.isDirectory(folder) ? slashed(folder) : unslashed(folder);
            return of(folder.toString(), readers.get().path(folder).variants(), root);
        }
        return new SideSource(folder.toString(), readings, roots);
    }

    private static SideSource of(String name, Variants variants, String root) {
        return new SideSource(
                name, new TreeMap<>(Map.of("", variants.whole())), Map.of("", root), Optional.of(variants));
    }

    /** The same under another name. */
    public SideSource called(String other) {
        return new SideSource(other, readings, roots, variants);
    }

    private static String slashed(Path folder) {
        return unslashed(folder).concat("/");
    }

    private static String unslashed(Path path) {
        return path.toString().replace('\\', '/');
    }

    /**
     * Of a folder of manifests in a revision; empty where it has none there.
     *
     * @throws IOException when the repository cannot be read
     */
    public static Optional<SideSource> ofRevision(
            GitFolder git, String name, RevCommit commit, Path folder, Supplier<ManifestReader> readers)
            throws IOException {
        String below = git.path(folder);
        SortedMap<String, byte[]> files = git.files(commit, below);
        boolean single = files.keySet().equals(Set.of(below));
        String root = below.isEmpty() || single ? below : below.concat("/");
        return files.isEmpty() ? Optional.empty() : Optional.of(ofRevision(named(name, commit), root, files, readers));
    }

    /** Of a revision that has no manifests there, as before somebody wrote the first. */
    public static SideSource nothing(String name, Supplier<ManifestReader> readers) {
        return new SideSource(name, new TreeMap<>(Map.of("", readers.get().read())), Map.of("", ""));
    }

    /** A revision with the beginning of its commit's hash. */
    public static String named(String name, RevCommit commit) {
        return "%s (%s)".formatted(name, commit.abbreviate(ABBREVIATED).name());
    }

    /**
     * Of the files of a revision.
     *
     * @param root the folder of the manifests in it, with a slash behind, or the one file; empty for the whole
     */
    public static SideSource ofRevision(
            String name, String root, SortedMap<String, byte[]> files, Supplier<ManifestReader> readers) {
        SortedMap<String, ManifestReader> begun = new TreeMap<>();
        Map<String, String> roots = new TreeMap<>();
        files.keySet().stream()
                .filter(file -> file.endsWith("/".concat(Distribution.INVENTORY)) && file.startsWith(root))
                .map(file -> file.substring(root.length(), file.length() - Distribution.INVENTORY.length() - 1))
                .filter(environment -> !environment.contains("/"))
                .forEach(environment -> {
                    begun.put(environment, readers.get());
                    roots.put(environment, "%s%s/".formatted(root, environment));
                });
        if (begun.isEmpty()) {
            begun.put("", readers.get());
            roots.put("", root);
        }
        files.forEach((file, bytes) -> {
            String below = file.substring(root.length());
            String environment = below.contains("/") ? below.substring(0, below.indexOf('/')) : "";
            ManifestReader reader = begun.get(begun.containsKey("") ? "" : environment);
            if (reader != null && !file.endsWith("/".concat(Distribution.INVENTORY))) {
                reader.stream(file, new ByteArrayInputStream(bytes));
            }
        });
        if (begun.containsKey("")) {
            return of(name, Objects.requireNonNull(begun.get("")).variants(), root);
        }
        SortedMap<String, Reading> readings = new TreeMap<>();
        begun.forEach((environment, reader) -> readings.put(environment, reader.read()));
        return new SideSource(name, readings, roots);
    }

    /** With its one mesh under the name of another's one mesh, as for two copies of a folder. */
    public SideSource beside(SideSource other) {
        if (readings.size() != 1 || other.readings.size() != 1) {
            return this;
        }
        String mine = readings.firstKey();
        String theirs = other.readings.firstKey();
        return new SideSource(
                name,
                new TreeMap<>(Map.of(theirs, readings.get(mine))),
                Map.of(theirs, roots.getOrDefault(mine, "")),
                theirs.isEmpty() ? variants : Optional.empty());
    }

    /** A file as it is called below the folder of this side. */
    String below(String file) {
        String root = roots.getOrDefault("", "");
        return file.startsWith(root) ? file.substring(root.length()) : file;
    }

    /** The flaws of what cannot be read in it; what was never meant for Kubernetes is none of it. */
    Stream<Unreadable> flaws() {
        return readings.values().stream()
                .flatMap(reading -> reading.unreadable().stream())
                .filter(Unreadable::isFlaw)
                .distinct();
    }

    /**
     * Returns each mesh that is wanted, as Istio makes it; of all where none is named.
     *
     * @param verdicts shared with the other side
     */
    public SortedMap<String, Side> sides(
            Collection<String> environments, Optional<IstioVersion> version, Verdicts verdicts) {
        SortedMap<String, Side> sides = new TreeMap<>();
        readings.forEach((name, reading) -> {
            if (environments.isEmpty() || environments.contains(name)) {
                sides.put(name, Side.of(roots.getOrDefault(name, ""), reading, version, verdicts));
            }
        });
        return sides;
    }
}
