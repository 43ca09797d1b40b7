package io.meshwright.cli;

import io.meshwright.cli.file.EnvironmentFiles;
import io.meshwright.cli.file.ScratchFolder;
import io.meshwright.cli.file.SideSource;
import io.meshwright.extension.loading.ExtensionPath;
import io.meshwright.plan.git.GitFolder;
import io.meshwright.value.InvalidValue;
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

    /** Notes that a reader has to know about how the sides were made. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** A file, a folder of manifests, or a dist of several environments. */
    SideSource folder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            throw new InvalidValue(
                    "plan", "\"%s\" does not exist".formatted(folder), "render it first: ./meshwright synth");
        }
        SideSource read = SideSource.ofFolder(AskedManifests.fromHere(folder.toString()), asked::reader);
        return new SideSource(folder.toString(), read.readings(), read.roots());
    }

    Optional<SideSource> rendered(Path folder) throws IOException {
        EnvironmentFiles files = EnvironmentFiles.in(folder);
        if (!files.problems(environments).isEmpty()) {
            console.problems(files.problems(environments));
            return Optional.empty();
        }
        return rendering
                .render(new Rendering.Asked(files.chosen(environments), extensions), console)
                .map(readings -> {
                    Map<String, String> roots = new TreeMap<>();
                    readings.keySet().forEach(name -> roots.put(name, name.concat("/")));
                    return new SideSource("what %s would render".formatted(folder), readings, roots);
                });
    }

    /** Of a revision its dist; where it has none, what the running program renders from its environment files. */
    Optional<SideSource> revision(GitFolder git, String name, RevCommit commit, Path folder) throws IOException {
        Optional<SideSource> delivered = SideSource.ofRevision(git, name, commit, folder, asked::reader);
        if (delivered.isPresent()) {
            return delivered;
        }
        String below = git.path(folder);
        String from = git.path(surroundings.environments());
        SortedMap<String, byte[]> described = rendersRevisions ? git.files(commit, from) : new TreeMap<>();
        described.keySet().removeIf(file -> !file.endsWith(".yaml"));
        if (described.isEmpty()) {
            throw new InvalidValue(
                    "plan",
                    "\"%s\" has no manifests in %s".formatted(name, below.isEmpty() ? DIST : below),
                    "name the folder that has them with --path");
        }
        String called = SideSource.named(name, commit);
        notes.add("%s has no dist: it is rendered by this program".formatted(called));
        try (ScratchFolder scratch = ScratchFolder.create()) {
            Path environmentFiles = Files.createDirectory(scratch.path().resolve("environments"));
            for (Map.Entry<String, byte[]> file : described.entrySet()) {
                Path written = environmentFiles.resolve(file.getKey().substring(from.length() + 1));
                Files.createDirectories(written.getParent());
                Files.write(written, file.getValue());
            }
            return rendered(environmentFiles).map(source -> new SideSource(called, source.readings(), source.roots()));
        }
    }
}
