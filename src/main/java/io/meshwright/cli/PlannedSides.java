package io.meshwright.cli;

import io.meshwright.check.Checks;
import io.meshwright.check.Verdicts;
import io.meshwright.file.Clusters;
import io.meshwright.file.SideFlaws;
import io.meshwright.file.SideSource;
import io.meshwright.plan.Acceptances;
import io.meshwright.plan.git.GitFolder;
import io.meshwright.plan.side.Side;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    @Mixin
    private Folders.Environments folder;

    @Mixin
    private Folders.Dist dist;

    @Mixin
    private Folders.Extensions extensions;

    @Option(
            names = "--run-extensions",
            description =
                    "Run the Java classes that environment files name, from the jars that are given here, where a side"
                            + " is rendered; without it no class is loaded, and such a file is refused.")
    private boolean runExtensions;

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

    /** A file of a revision, written as git writes it: {@code origin/main:accepted.txt}. */
    Optional<String> text(String revision, String file) throws IOException {
        try (GitFolder git = GitFolder.around(repository)) {
            return git.file(git.commit(revision), file).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        }
    }

    Pair read(Rendering rendering, Surroundings around, Console console) throws IOException {
        Checks.prepare();
        Surroundings surroundings = dist.in(folder.in(around));
        SideReader reader = new SideReader(
                asked,
                environments,
                path == null,
                rendering,
                surroundings,
                runExtensions ? extensions.in(around) : extensions.in(around).withheld(),
                console);
        Acceptances acceptances = Acceptances.none();
        Optional<SideSource> base;
        Optional<SideSource> head;
        if (names.isEmpty()) {
            base = Optional.of(reader.folder(surroundings.dist()));
            head = reader.rendered(surroundings.environments());
        } else if (arePaths()) {
            if (names.size() == 1) {
                throw new InvalidValue(
                        "plan",
                        "\"%s\" is one side only".formatted(names.get(0)),
                        "name a second file or folder, or a revision to compare dist with");
            }
            SideSource after = reader.folder(AskedManifests.fromHere(names.get(1)));
            base = Optional.of(
                    reader.folder(AskedManifests.fromHere(names.get(0))).beside(after));
            head = Optional.of(after);
        } else {
            refusePathBesideRevision();
            try (GitFolder git = GitFolder.around(repository)) {
                RevCommit named = git.commit(names.get(0));
                Optional<RevCommit> tip = names.size() == 2 ? Optional.of(git.commit(names.get(1))) : git.head();
                RevCommit from = exact || tip.isEmpty() ? named : git.mergeBase(named, tip.get());
                Path manifests = path == null ? surroundings.dist() : path;
                SideReader.Revisions revisions = new SideReader.Revisions(git, reader, manifests);
                SideReader.Revisions.Named old = new SideReader.Revisions.Named(names.get(0), from);
                SideReader.Revisions.Both both = names.size() == 2
                        ? revisions.of(old, new SideReader.Revisions.Named(names.get(1), tip.orElseThrow()))
                        : revisions.withFolder(old, git.resolve(manifests), surroundings.environments());
                base = both.base();
                head = both.head();
                for (Map.Entry<String, String> commit :
                        tip.isEmpty() ? List.<Map.Entry<String, String>>of() : git.messages(from, tip.get())) {
                    acceptances = acceptances.and(Acceptances.ofCommit(commit.getKey(), commit.getValue()));
                }
            }
        }
        return pair(base, head, reader.notes(), acceptances, console);
    }

    /**
     * Names of files and folders, even if revisions have the same; one alone is no plan, so that a revision is meant.
     */
    private boolean arePaths() throws IOException {
        return names.stream().allMatch(AskedManifests::exists) && (names.size() == 2 || !isRevision(names.get(0)));
    }

    /** A name that is a file or folder needs another one beside it, unless a revision has the same name. */
    private void refusePathBesideRevision() throws IOException {
        if (names.size() < 2 || names.stream().noneMatch(AskedManifests::exists)) {
            return;
        }
        String missing = names.stream()
                .filter(name -> !AskedManifests.exists(name))
                .findFirst()
                .orElseThrow();
        String there = names.get(names.indexOf(missing) == 0 ? 1 : 0);
        if (!isRevision(there)) {
            throw new InvalidValue(
                    "plan",
                    "\"%s\" is no file and no folder, as \"%s\" beside it is".formatted(missing, there),
                    "name two files or folders, or two revisions and the folder in them with --path");
        }
    }

    private boolean isRevision(String name) throws IOException {
        try (GitFolder git = GitFolder.around(repository)) {
            git.commit(name);
            return true;
        } catch (InvalidValue none) {
            return false;
        }
    }

    private Pair pair(
            Optional<SideSource> base,
            Optional<SideSource> head,
            List<String> notes,
            Acceptances acceptances,
            Console console) {
        if (base.isEmpty() || head.isEmpty()) {
            return refused(notes, acceptances);
        }
        SideFlaws flaws = SideFlaws.of(base.get(), head.get());
        console.problems(flaws.refused());
        if (!flaws.refused().isEmpty()) {
            return refused(notes, acceptances);
        }
        Clusters clusters = Clusters.of(base.get(), head.get());
        Verdicts verdicts = Verdicts.shared();
        // Two sides have nothing to do with each other before they are compared.
        CompletableFuture<SortedMap<String, Side>> other = CompletableFuture.supplyAsync(
                () -> clusters.base().sides(environments, asked.version(), verdicts), PlannedSides::aside);
        SortedMap<String, Side> after = clusters.head().sides(environments, asked.version(), verdicts);
        List<String> all = Stream.of(notes, flaws.notes(), clusters.notes())
                .flatMap(List::stream)
                .toList();
        return new Pair(base.get().name(), head.get().name(), other.join(), after, all, acceptances, false);
    }

    private static Pair refused(List<String> notes, Acceptances acceptances) {
        return new Pair("", "", new TreeMap<>(), new TreeMap<>(), notes, acceptances, true);
    }

    private static void aside(Runnable work) {
        Thread thread = new Thread(work, "base");
        thread.setDaemon(true);
        thread.start();
    }
}
