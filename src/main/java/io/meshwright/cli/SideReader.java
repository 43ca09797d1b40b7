package io.meshwright.cli;

import io.meshwright.cli.file.EnvironmentFiles;
import io.meshwright.cli.file.ScratchFolder;
import io.meshwright.extension.loading.ExtensionPath;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Reading;
import io.meshwright.plan.git.GitFolder;
import io.meshwright.value.InvalidValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.revwalk.RevCommit;

/** Reads the manifests of one side of a plan, wherever they are. */
final class SideReader {
    private static final String DIST = "dist";

    private final AskedManifests asked;
    private final List<String> environments;
    private final boolean rendersRevisions;
    private final Rendering rendering;
    private final Surroundings surroundings;
    private final ExtensionPath extensions;
    private final Console console;
    private final List<String> notes = new ArrayList<>();

    /**
     * @param environments those that are wanted; all where none is named
     * @param rendersRevisions whether a revision without manifests may be rendered from its environment files
     * @param extensions where the Java classes are that these files name; never in a revision
     */
    SideReader(
            AskedManifests asked,
            List<String> environments,
            boolean rendersRevisions,
            Rendering rendering,
            Surroundings surroundings,
            ExtensionPath extensions,
            Console console) {
        this.asked = asked;
        this.environments = environments;
        this.rendersRevisions = rendersRevisions;
        this.rendering = rendering;
        this.surroundings = surroundings;
        this.extensions = extensions;
        this.console = console;
    }

    /** What a reader has to know about how the sides were made. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** A side before anything is made of it. */
    record Source(String name, SortedMap<String, Reading> readings, Map<String, String> roots) {
        /** With its one mesh under the name of another's one mesh, as for two copies of a folder. */
        Source beside(Source other) {
            if (readings.size() != 1 || other.readings.size() != 1) {
                return this;
            }
            String mine = readings.firstKey();
            String theirs = other.readings.firstKey();
            return new Source(
                    name,
                    new TreeMap<>(Map.of(theirs, readings.get(mine))),
                    Map.of(theirs, roots.getOrDefault(mine, "")));
        }
    }

    /** A file, a folder of manifests, or a dist of several environments. */
    Source folder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            throw new InvalidValue(
                    "plan", "\"%s\" does not exist".formatted(folder), "render it first: ./meshwright synth");
        }
        List<Path> found = AskedMeshes.environments(folder.toString());
        SortedMap<String, Reading> readings = new TreeMap<>();
        Map<String, String> roots = new TreeMap<>();
        for (Path environment : found) {
            String name = environment.getFileName().toString();
            readings.put(
                    name,
                    new AskedMeshes(asked).read(List.of(environment.toString())).get(0));
            roots.put(name, slashed(environment));
        }
        if (found.isEmpty()) {
            ManifestReader reader = asked.reader();
            asked.read(reader, folder.toString());
            readings.put("", reader.read());
            roots.put("", Files.isDirectory(folder) ? slashed(folder) : "");
        }
        return new Source(folder.toString(), readings, roots);
    }

    private static String slashed(Path folder) {
        return folder.toString().replace('\\', '/').concat("/");
    }

    Optional<Source> rendered(Path folder) throws IOException {
        EnvironmentFiles files = EnvironmentFiles.in(folder);
        if (!files.problems(environments).isEmpty()) {
            console.problems(files.problems(environments));
            return Optional.empty();
        }
        return rendering.render(new Rendering.Asked(files.chosen(environments), extensions), console).map(readings -> {
            Map<String, String> roots = new TreeMap<>();
            readings.keySet().forEach(name -> roots.put(name, name.concat("/")));
            return new Source("what %s would render".formatted(folder), readings, roots);
        });
    }

    /** Of a revision its dist; where it has none, what the running program renders from its environment files. */
    Optional<Source> revision(GitFolder git, String name, RevCommit commit, Path folder) throws IOException {
        String called = "%s (%s)".formatted(name, commit.abbreviate(10).name());
        String below = git.path(folder);
        SortedMap<String, byte[]> files = git.files(commit, below);
        if (!files.isEmpty()) {
            return Optional.of(texts(called, below.isEmpty() ? "" : below.concat("/"), files));
        }
        String from = git.path(surroundings.environments());
        SortedMap<String, byte[]> described = rendersRevisions ? git.files(commit, from) : new TreeMap<>();
        described.keySet().removeIf(file -> !file.endsWith(".yaml"));
        if (described.isEmpty()) {
            throw new InvalidValue(
                    "plan",
                    "\"%s\" has no manifests in %s".formatted(name, below.isEmpty() ? DIST : below),
                    "name the folder that has them with --path");
        }
        notes.add("%s has no dist: it is rendered by this program".formatted(called));
        try (ScratchFolder scratch = ScratchFolder.create()) {
            Path environmentFiles = Files.createDirectory(scratch.path().resolve("environments"));
            for (Map.Entry<String, byte[]> file : described.entrySet()) {
                Path written = environmentFiles.resolve(file.getKey().substring(from.length() + 1));
                Files.createDirectories(written.getParent());
                Files.write(written, file.getValue());
            }
            return rendered(environmentFiles).map(source -> new Source(called, source.readings(), source.roots()));
        }
    }

    private Source texts(String name, String root, SortedMap<String, byte[]> files) {
        SortedMap<String, ManifestReader> readers = new TreeMap<>();
        Map<String, String> roots = new TreeMap<>();
        files.keySet().stream()
                .filter(file -> file.endsWith("/".concat(AskedMeshes.INVENTORY)) && file.startsWith(root))
                .map(file -> file.substring(root.length(), file.length() - AskedMeshes.INVENTORY.length() - 1))
                .filter(environment -> !environment.contains("/"))
                .forEach(environment -> {
                    readers.put(environment, asked.reader());
                    roots.put(environment, "%s%s/".formatted(root, environment));
                });
        if (readers.isEmpty()) {
            readers.put("", asked.reader());
            roots.put("", root);
        }
        files.forEach((file, bytes) -> {
            String below = file.substring(root.length());
            String environment = below.contains("/") ? below.substring(0, below.indexOf('/')) : "";
            ManifestReader reader = readers.get(readers.containsKey("") ? "" : environment);
            if (reader != null && !file.endsWith("/".concat(AskedMeshes.INVENTORY))) {
                reader.stream(file, new ByteArrayInputStream(bytes));
            }
        });
        SortedMap<String, Reading> readings = new TreeMap<>();
        readers.forEach((environment, reader) -> readings.put(environment, reader.read()));
        return new Source(name, readings, roots);
    }
}
