package io.meshwright.cli;

import io.meshwright.extension.loading.ExtensionPath;
import io.meshwright.file.EnvironmentFiles;
import io.meshwright.file.ScratchFolder;
import io.meshwright.file.SideSource;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.ParsedTexts;
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
    private final AskedManifests asked;
    private final ParsedTexts texts = ParsedTexts.shared();
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

    /** Most of a change's files are the same on both sides. */
    private ManifestReader reader() {
        return asked.reader(texts);
    }

    /** A file, a folder of manifests, or a dist of several environments. */
    SideSource folder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            throw new InvalidValue(
                    "plan",
                    "\"%s\" does not exist".formatted(folder),
                    "render it first: %s synth".formatted(surroundings.program()));
        }
        return SideSource.ofFolder(AskedManifests.fromHere(folder.toString()), this::reader)
                .called(folder.toString());
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

    /** True if a revision has manifests in that folder. */
    private static boolean delivers(GitFolder git, RevCommit commit, Path folder) throws IOException {
        return git.hasManifests(commit, git.path(folder));
    }

    /** True if a revision without manifests may be rendered from environment files that it has. */
    private boolean describes(GitFolder git, RevCommit commit) throws IOException {
        return rendersRevisions && git.hasManifests(commit, git.path(surroundings.environments()));
    }

    /** Of a revision its manifests in that folder. */
    private Optional<SideSource> delivered(GitFolder git, String name, RevCommit commit, Path folder)
            throws IOException {
        return SideSource.ofRevision(git, name, commit, folder, this::reader);
    }

    /** Of a revision that has none of that folder while the other side has it: everything there is new, or gone. */
    private Optional<SideSource> nothing(GitFolder git, String name, RevCommit commit, Path folder) {
        String called = SideSource.named(name, commit);
        notes.add("%s has no manifests in %s: the other side has all of them".formatted(called, shown(git, folder)));
        return Optional.of(SideSource.nothing(called, this::reader));
    }

    private InvalidValue without(GitFolder git, String name, Path folder) {
        return new InvalidValue(
                "plan",
                "\"%s\" has no manifests in %s".formatted(name, shown(git, folder)),
                "name the folder that has them with --path");
    }

    private static String shown(GitFolder git, Path folder) {
        String below = git.path(folder);
        return below.isEmpty() ? "its root" : below;
    }

    /** Of a revision what the running program renders from its environment files. */
    private Optional<SideSource> described(GitFolder git, String name, RevCommit commit) throws IOException {
        String from = git.path(surroundings.environments());
        SortedMap<String, byte[]> described = git.files(commit, from);
        described.keySet().removeIf(file -> !file.endsWith(".yaml"));
        String called = SideSource.named(name, commit);
        notes.add("%s is rendered by this program".formatted(called));
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

    /**
     * The two sides of a plan of which at least one is a revision. Manifests are compared where both have them; where
     * one has none, both are rendered from their environment files, and where these are missing too, one side is empty.
     *
     * @param manifests the folder of manifests in both
     */
    record Revisions(GitFolder git, SideReader reader, Path manifests) {
        /** A revision and the commit that it means. */
        record Named(String name, RevCommit commit) {}

        /** Both sides; empty where an environment file of a side could not be rendered. */
        record Both(Optional<SideSource> base, Optional<SideSource> head) {}

        /** Of two revisions. */
        Both of(Named base, Named head) throws IOException {
            boolean first = delivers(git, base.commit(), manifests);
            boolean second = delivers(git, head.commit(), manifests);
            if (first && second) {
                return new Both(delivered(base), delivered(head));
            }
            if (reader.describes(git, base.commit()) && reader.describes(git, head.commit())) {
                return new Both(described(base), described(head));
            }
            if (!first && !second) {
                throw reader.without(git, base.name(), manifests);
            }
            return new Both(first ? delivered(base) : nothing(base), second ? delivered(head) : nothing(head));
        }

        /** Of a revision and what lies in the folder. */
        Both withFolder(Named base, Path folder, Path described) throws IOException {
            if (delivers(git, base.commit(), manifests)) {
                return new Both(delivered(base), Optional.of(reader.folder(folder)));
            }
            if (reader.describes(git, base.commit())) {
                return new Both(described(base), reader.rendered(described));
            }
            return new Both(nothing(base), Optional.of(reader.folder(folder)));
        }

        private Optional<SideSource> delivered(Named side) throws IOException {
            return reader.delivered(git, side.name(), side.commit(), manifests);
        }

        private Optional<SideSource> described(Named side) throws IOException {
            return reader.described(git, side.name(), side.commit());
        }

        private Optional<SideSource> nothing(Named side) {
            return reader.nothing(git, side.name(), side.commit(), manifests);
        }
    }
}
