package io.meshwright.cli;

import io.meshwright.advise.Advice;
import io.meshwright.advise.AdviceText;
import io.meshwright.advise.Proposal;
import io.meshwright.advise.Review;
import io.meshwright.advise.snapshot.PrometheusClient;
import io.meshwright.advise.snapshot.Queries;
import io.meshwright.advise.snapshot.Query;
import io.meshwright.advise.snapshot.Snapshot;
import io.meshwright.advise.snapshot.SnapshotReader;
import io.meshwright.advise.snapshot.SnapshotScript;
import io.meshwright.draft.TextDifference;
import io.meshwright.environment.Environment;
import io.meshwright.environment.reader.Reading;
import io.meshwright.extension.loading.ExtensionPath;
import io.meshwright.file.EnvironmentFiles;
import io.meshwright.plan.Acceptances;
import io.meshwright.plan.Plan;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.report.PlanReport;
import io.meshwright.plan.report.PlanText;
import io.meshwright.plan.side.Side;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Proposes changes of an environment file from what Prometheus measured; it writes none of them. */
@Command(
        name = "advise",
        description = "Propose changes of an environment file, as a patch with its evidence, from a week of metrics.",
        customSynopsis = {
            "meshwright advise [OPTIONS] SNAPSHOT                  what the numbers of a file say",
            "meshwright advise [OPTIONS] --env NAME --queries      a script that takes such a file with curl",
            "meshwright advise [OPTIONS] --env NAME --prometheus URL   both at once"
        })
final class AdviseCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int USUAL_DAYS = 7;

    private final Synthesis synthesis;
    private final Rendering rendering;
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "SNAPSHOT", description = "The file that the script of --queries wrote.")
    private @Nullable Path file;

    @Option(
            names = "--env",
            paramLabel = "NAME",
            description = "The environment (default: the one that the snapshot names).")
    private @Nullable String name;

    @Option(
            names = "--queries",
            description = "Print a shell script with every query, which takes the snapshot with curl.")
    private boolean queries;

    @Option(
            names = "--prometheus",
            paramLabel = "URL",
            description = "Take the snapshot now, of this Prometheus; nothing else opens a connection.")
    private @Nullable String prometheus;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "" + USUAL_DAYS,
            description = "Days that a new snapshot covers, from 7 to 90 (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(names = "--patch", paramLabel = "FILE", description = "Write the patch there, too, as git apply takes it.")
    private @Nullable Path patch;

    @Option(names = "--no-plan", description = "Render nothing, and do not tell what the patch changes; needs no Node.")
    private boolean unplanned;

    @Mixin
    private Folders.Environments environments;

    @Mixin
    private Folders.Extensions extensions;

    AdviseCommand(Synthesis synthesis, Rendering rendering, Surroundings surroundings) {
        this.synthesis = synthesis;
        this.rendering = rendering;
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Console console = Console.of(spec.commandLine(), surroundings.references());
        try {
            return run(console).number();
        } catch (InvalidValue wrong) {
            console.problem(wrong.getMessage());
            return ExitCode.USAGE.number();
        }
    }

    private ExitCode run(Console console) throws IOException {
        int ways = (file == null ? 0 : 1) + (queries ? 1 : 0) + (prometheus == null ? 0 : 1);
        if (ways != 1) {
            throw new InvalidValue(
                    "advise",
                    "%s where the numbers come from".formatted(ways == 0 ? "nothing says" : "two things say"),
                    "give a SNAPSHOT, --queries or --prometheus URL");
        }
        byte[] given = file == null ? new byte[0] : bytes(AskedManifests.fromHere(file.toString()));
        String asked = name == null && file != null ? SnapshotReader.environment(file.toString(), given) : named();
        EnvironmentFiles files =
                EnvironmentFiles.in(environments.in(surroundings).environments());
        if (!files.problems(List.of(asked)).isEmpty()) {
            console.problems(files.problems(List.of(asked)));
            return ExitCode.USAGE;
        }
        Path described = files.chosen(List.of(asked)).get(0);
        Reading<Environment> reading = synthesis.read(described);
        if (reading instanceof Reading.Accepted<Environment> accepted) {
            return advise(new Target(asked, described, accepted), given, console);
        }
        console.refusals(((Reading.Refused<Environment>) reading).problems());
        return ExitCode.USAGE;
    }

    private String named() {
        if (name == null) {
            throw new InvalidValue("advise", "no environment is named", "name it with --env");
        }
        return name;
    }

    private record Target(String name, Path file, Reading.Accepted<Environment> reading) {
        Environment environment() {
            return reading.value();
        }
    }

    private ExitCode advise(Target target, byte[] given, Console console) throws IOException {
        List<Query> wanted = file == null ? Queries.asked(target.environment(), days) : List.of();
        if (queries) {
            console.result(
                    SnapshotScript.of(target.name(), days, target.environment().observability(), wanted)
                            .stripTrailing());
            return ExitCode.CLEAN;
        }
        String called = prometheus == null ? String.valueOf(file) : "--prometheus";
        Snapshot snapshot = SnapshotReader.read(
                called,
                prometheus == null ? given : taken(prometheus, target, wanted, console),
                target.environment(),
                target.name());
        Advice advice = Advice.of(target.environment(), snapshot);
        return show(target, snapshot, advice, console);
    }

    private byte[] taken(String address, Target target, List<Query> wanted, Console console) {
        console.step("asking Prometheus");
        long now = Instant.now().getEpochSecond();
        return new PrometheusClient(address, PATIENCE).take(target.name(), days, now, wanted);
    }

    private ExitCode show(Target target, Snapshot snapshot, Advice advice, Console console) throws IOException {
        String before = Files.readString(target.file());
        Review review = reviewed(advice.proposals(), target, before);
        Optional<PlanReport> plan = Optional.empty();
        if (!unplanned && !review.kept().isEmpty()) {
            Optional<Planned> planned = planned(advice.proposals(), review, target, before, console);
            if (planned.isEmpty()) {
                return ExitCode.USAGE;
            }
            review = planned.get().review();
            plan = planned.get().report();
            planned.get().dropped().forEach(advice::drop);
        }
        AdviceText.of(target.name(), snapshot, advice, review).forEach(console::result);
        plan.ifPresent(report -> {
            console.result("");
            PlanText.of(report).forEach(console::result);
        });
        String difference = TextDifference.unified(relative(target.file()), before, review.text());
        if (patch != null) {
            Files.writeString(patch, difference);
        }
        if (!difference.isEmpty()) {
            console.result("");
            console.result(difference.stripTrailing());
        }
        return ExitCode.CLEAN;
    }

    private Review reviewed(List<Proposal> proposals, Target target, String before) throws IOException {
        return Review.of(
                proposals,
                before,
                target.reading(),
                text -> synthesis.read(target.file(), text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The rest of the proposals where the checks have nothing against them, and what that changes. */
    private record Planned(Review review, Optional<PlanReport> report, Map<Proposal, String> dropped) {}

    /** Empty when the environment cannot be rendered, which is printed. */
    private Optional<Planned> planned(
            List<Proposal> proposals, Review review, Target target, String before, Console console) throws IOException {
        console.step("rendering %s".formatted(target.name()));
        Optional<SortedMap<String, Side>> base = sides(target, before, console);
        if (base.isEmpty()) {
            return Optional.empty();
        }
        Review whole = review;
        Map<Proposal, String> dropped = new LinkedHashMap<>();
        Optional<PlanReport> report = report(base.get(), whole, target, console);
        if (isFaulty(report)) {
            for (Review.Placed placed : review.kept()) {
                Review alone = reviewed(List.of(placed.proposal()), target, before);
                Optional<PlanReport> own = report(base.get(), alone, target, console);
                if (isFaulty(own)) {
                    dropped.put(
                            placed.proposal(),
                            own.isEmpty() ? "it cannot be rendered" : "the checks find an error in what it renders");
                }
            }
            List<Proposal> rest = new ArrayList<>(proposals);
            rest.removeAll(dropped.keySet());
            whole = reviewed(rest, target, before);
            report = report(base.get(), whole, target, console);
            if (report.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(new Planned(whole, report, dropped));
    }

    /** True if it cannot be rendered, or the checks find an error in what it renders. */
    private static boolean isFaulty(Optional<PlanReport> report) {
        return report.isEmpty()
                || report.get().plans().stream()
                        .flatMap(plan -> plan.changes().stream())
                        .anyMatch(change -> change.rule() == ChangeRule.ERROR_ADDED);
    }

    private Optional<PlanReport> report(SortedMap<String, Side> base, Review review, Target target, Console console)
            throws IOException {
        return sides(target, review.text(), console)
                .map(head -> new PlanReport(
                        "now", "with the patch", List.of(), Plan.all(base, head, List.of()), Acceptances.none()));
    }

    private Optional<SortedMap<String, Side>> sides(Target target, String text, Console console) throws IOException {
        ExtensionPath classes = extensions.in(surroundings);
        return rendering
                .render(new Rendering.Asked(List.of(target.file()), classes, Map.of(target.file(), text)), console)
                .map(readings -> {
                    SortedMap<String, Side> sides = new TreeMap<>();
                    readings.forEach(
                            (name, reading) -> sides.put(name, Side.of(name.concat("/"), reading, Optional.empty())));
                    return sides;
                });
    }

    /** As a patch names it: from the project's folder, or as it is where it lies elsewhere. */
    private String relative(Path path) {
        Path home = surroundings.home().toAbsolutePath().normalize();
        Path whole = path.toAbsolutePath().normalize();
        return (whole.startsWith(home) ? home.relativize(whole) : path)
                .toString()
                .replace('\\', '/');
    }

    private static byte[] bytes(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new InvalidValue(
                    "advise", "\"%s\" is no file".formatted(path), "take a snapshot with the script of --queries");
        }
        try (InputStream stream = Files.newInputStream(path)) {
            return stream.readNBytes(SnapshotReader.LARGEST + 1);
        }
    }
}
