package io.meshwright.cli;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Reading;
import io.meshwright.manifest.Unreadable;
import io.meshwright.plan.Acceptances;
import io.meshwright.plan.git.GitFolder;
import io.meshwright.plan.side.Side;
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
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The two sides that a command line of plan names: folders, revisions, or dist and what would be rendered. */
final class PlannedSides {
    private static final String DIST = "dist";

    @Mixin
    private AskedManifests asked;

    @Parameters(
            paramLabel = "BASE",
            arity = "0..2",
            description = "A revision of git, a file or a folder; the second one is HEAD.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--path",
            paramLabel = "DIR",
            description = "The folder of manifests in both revisions (default: dist).")
    private @Nullable Path path;

    @Option(
            names = "--repository",
            paramLabel = "DIR",
            description = "Where the repository of the revisions is (default: the one around this folder).")
    private Path repository = Path.of("");

    @Option(names = "--exact", description = "Compare with BASE itself instead of where the history parts from it.")
    private boolean exact;

    @Option(names = "--env", paramLabel = "NAME", description = "Only this environment; may be given again.")
    private List<String> environments = new ArrayList<>();

    /**
     * Both sides, each mesh by the name of its environment.
     *
     * @param isRefused whether something could not be read, which has been printed
     */
    record Pair(
            String baseName,
            String headName,
            SortedMap<String, Side> base,
            SortedMap<String, Side> head,
            List<String> notes,
            Acceptances acceptances,
            boolean isRefused) {}

    /** A side before anything is made of it. */
    private record Source(String name, SortedMap<String, Reading> readings, Map<String, String> roots) {}

    Pair read(Rendering rendering, Surroundings surroundings, Console console) throws IOException {
        List<String> notes = new ArrayList<>();
        Acceptances acceptances = Acceptances.none();
        Optional<Source> base;
        Optional<Source> head;
        if (names.isEmpty()) {
            Path dist = surroundings.dist();
            base = Optional.of(folder(dist));
            head = rendered(surroundings.environments(), rendering, console);
        } else if (names.stream().allMatch(AskedManifests::exists)) {
            if (names.size() == 1) {
                throw new InvalidValue(
                        "plan",
                        "\"%s\" is one side only".formatted(names.get(0)),
                        "name a second file or folder, or a revision to compare dist with");
            }
            base = Optional.of(folder(AskedManifests.fromHere(names.get(0))));
            head = Optional.of(folder(AskedManifests.fromHere(names.get(1))));
        } else {
            try (GitFolder git = GitFolder.around(repository)) {
                RevCommit asked = git.commit(names.get(0));
                Optional<RevCommit> tip = names.size() == 2 ? Optional.of(git.commit(names.get(1))) : git.head();
                RevCommit from = exact || tip.isEmpty() ? asked : git.mergeBase(asked, tip.get());
                Path folder = path == null ? surroundings.dist() : path;
                base = revision(git, names.get(0), from, folder, rendering, surroundings, notes, console);
                head = names.size() == 2
                        ? revision(
                                git, names.get(1), tip.orElseThrow(), folder, rendering, surroundings, notes, console)
                        : Optional.of(folder(folder));
                for (Map.Entry<String, String> commit :
                        tip.isEmpty() ? List.<Map.Entry<String, String>>of() : git.messages(from, tip.get())) {
                    acceptances = acceptances.and(Acceptances.ofCommit(commit.getKey(), commit.getValue()));
                }
            }
        }
        return pair(base, head, notes, acceptances, console);
    }

    private Pair pair(
            Optional<Source> base,
            Optional<Source> head,
            List<String> notes,
            Acceptances acceptances,
            Console console) {
        List<String> problems = Stream.of(base, head)
                .flatMap(Optional::stream)
                .flatMap(source -> source.readings().values().stream())
                .flatMap(reading -> reading.unreadable().stream())
                .filter(flaw -> flaw.flaw() != Unreadable.Flaw.FOREIGN)
                .map(flaw -> "%s: %s".formatted(flaw.place(), flaw.message()))
                .distinct()
                .toList();
        console.problems(problems);
        if (base.isEmpty() || head.isEmpty() || !problems.isEmpty()) {
            return new Pair("", "", new TreeMap<>(), new TreeMap<>(), notes, acceptances, true);
        }
        // Two sides have nothing to do with each other before they are compared.
        CompletableFuture<SortedMap<String, Side>> other =
                CompletableFuture.supplyAsync(() -> sides(base.get()), PlannedSides::aside);
        SortedMap<String, Side> after = sides(head.get());
        return new Pair(
                base.get().name(), head.get().name(), other.join(), after, List.copyOf(notes), acceptances, false);
    }

    private static void aside(Runnable work) {
        Thread thread = new Thread(work, "base");
        thread.setDaemon(true);
        thread.start();
    }

    private SortedMap<String, Side> sides(Source source) {
        SortedMap<String, Side> sides = new TreeMap<>();
        source.readings().forEach((name, reading) -> {
            if (environments.isEmpty() || environments.contains(name)) {
                sides.put(name, Side.of(source.roots().getOrDefault(name, ""), reading, asked.version()));
            }
        });
        return sides;
    }

    /** A file, a folder of manifests, or a dist of several environments. */
    private Source folder(Path folder) throws IOException {
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

    private Optional<Source> rendered(Path folder, Rendering rendering, Console console) throws IOException {
        EnvironmentFiles files = EnvironmentFiles.in(folder);
        if (!files.problems(environments).isEmpty()) {
            console.problems(files.problems(environments));
            return Optional.empty();
        }
        return rendering.render(files.chosen(environments), console).map(readings -> {
            Map<String, String> roots = new TreeMap<>();
            readings.keySet().forEach(name -> roots.put(name, name.concat("/")));
            return new Source("what %s would render".formatted(folder), readings, roots);
        });
    }

    /** Of a revision its dist; where it has none, what the running program renders from its environment files. */
    private Optional<Source> revision(
            GitFolder git,
            String name,
            RevCommit commit,
            Path folder,
            Rendering rendering,
            Surroundings surroundings,
            List<String> notes,
            Console console)
            throws IOException {
        String called = "%s (%s)".formatted(name, commit.abbreviate(10).name());
        String below = git.path(folder);
        SortedMap<String, byte[]> files = git.files(commit, below);
        if (!files.isEmpty()) {
            return Optional.of(texts(called, below.isEmpty() ? "" : below.concat("/"), files));
        }
        String from = git.path(surroundings.environments());
        SortedMap<String, byte[]> described = path == null ? git.files(commit, from) : new TreeMap<>();
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
            return rendered(environmentFiles, rendering, console)
                    .map(source -> new Source(called, source.readings(), source.roots()));
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
