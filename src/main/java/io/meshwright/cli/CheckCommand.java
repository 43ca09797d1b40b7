package io.meshwright.cli;

import io.meshwright.check.Catalogue;
import io.meshwright.check.Checks;
import io.meshwright.check.Findings;
import io.meshwright.check.Rule;
import io.meshwright.check.Verdicts;
import io.meshwright.check.report.Format;
import io.meshwright.check.report.TextReport;
import io.meshwright.check.report.Told;
import io.meshwright.cli.program.Programs;
import io.meshwright.file.Behind;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.ParsedFiles;
import io.meshwright.manifest.Reading;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.summary.Summaries;
import io.meshwright.summary.Summary;
import io.meshwright.value.Day;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what is wrong with manifests, whoever wrote them. */
@Command(name = "check", description = "Find what would break traffic, in dist or in any manifests.")
final class CheckCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final Function<List<String>, Summaries> kept;
    private final Synthesis synthesis;

    @Spec
    private CommandSpec spec;

    @Mixin
    private AskedManifests asked;

    @Mixin
    private Programs programs;

    @Mixin
    private Folders.Dist dist;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description = "Files and folders of manifests, - for standard input (default: dist).")
    private List<String> paths = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "text")
    private Format format;

    @Option(
            names = "--suppressions",
            paramLabel = "FILE",
            description = "Findings to live with, as an object of kind Suppressions; may be given again.")
    private List<Path> suppressions = new ArrayList<>();

    @Option(
            names = "--today",
            paramLabel = "DAY",
            description =
                    "Find exceptions whose last day is before this one, such as 2027-07-01 (default: ask no calendar).")
    private @Nullable String today;

    @Option(
            names = "--changed",
            description =
                    "Read and look at only what changed since the last run with this option, which is kept in the "
                            + "user's cache; the findings are those of a whole run.")
    private boolean changed;

    @Option(names = "--strict", description = "Take warnings for errors.")
    private boolean strict;

    @Option(
            names = "--explain",
            paramLabel = "CODE",
            description = "Print the page of one code, such as MESH121, and check nothing.")
    private @Nullable String explain;

    /** @param kept the summary for paths of the command line */
    CheckCommand(Synthesis synthesis, Surroundings surroundings, Function<List<String>, Summaries> kept) {
        this.synthesis = synthesis;
        this.surroundings = surroundings;
        this.kept = kept;
    }

    @Override
    public Integer call() throws IOException {
        Console console = Console.of(spec.commandLine());
        return (explain == null ? check(console) : explain(explain, console)).number();
    }

    private ExitCode explain(String code, Console console) {
        Rule rule = Catalogue.rule(code)
                .orElseThrow(() ->
                        asked.refused("--explain: \"%s\" is no code of a check; %s".formatted(code, instead(code))));
        console.result(Catalogue.section(rule).stripTrailing());
        return ExitCode.CLEAN;
    }

    private static String instead(String code) {
        List<String> near = Catalogue.near(code).stream().map(Rule::code).toList();
        return near.isEmpty() ? "docs/checks.md lists them" : "read %s".formatted(String.join(", ", near));
    }

    private ExitCode check(Console console) throws IOException {
        Optional<IstioVersion> version = asked.version();
        Optional<Day> day = day();
        Optional<Summaries> summaries = changed ? Optional.of(kept.apply(asked())) : Optional.empty();
        if (!changed) {
            Checks.prepare();
        }
        Summary summary = summaries.map(Summaries::find).orElseGet(Summary::none);
        List<Reading> readings = readings(summary.files());
        Verdicts verdicts = summary.verdicts();
        List<Findings> parts = new ArrayList<>();
        for (Reading reading : readings) {
            parts.add(Checks.run(reading, version, verdicts));
            day.ifPresent(last -> parts.add(Checks.expired(reading, last)));
        }
        Findings findings = Checks.suppressed(Findings.together(parts), suppressions());
        boolean forPeople = format == Format.TEXT;
        Surroundings here = dist.in(surroundings);
        Behind behind = new Behind(here.dist(), here.environments(), synthesis::behind);
        List<Told> told = forPeople ? findings.all().stream().map(behind).toList() : List.of();
        console.result((forPeople ? new TextReport(console.isColoured()).render(told) : format.render(findings, behind))
                .stripTrailing());
        summaries.ifPresent(place -> place.keep(summary));
        return findings.isAcceptable(strict) ? ExitCode.CLEAN : ExitCode.FINDINGS;
    }

    private Optional<Day> day() {
        try {
            return Optional.ofNullable(today).map(Day::of);
        } catch (InvalidValue refused) {
            throw asked.refused("--today: %s".formatted(refused.getMessage()));
        }
    }

    private List<Reading> readings(ParsedFiles known) throws IOException {
        try {
            asked.start(programs);
            return new AskedMeshes(asked, known).read(asked());
        } catch (InvalidValue refused) {
            throw asked.refused(refused.getMessage());
        }
    }

    private List<String> asked() {
        return paths.isEmpty() ? List.of(dist.in(surroundings).dist().toString()) : paths;
    }

    private Reading suppressions() {
        ManifestReader reader = new ManifestReader();
        asked.files("--suppressions", suppressions).forEach(reader::path);
        return reader.read();
    }
}
