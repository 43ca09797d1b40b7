package io.meshwright.cli;

import io.meshwright.map.PlanHtml;
import io.meshwright.plan.Acceptances;
import io.meshwright.plan.Plan;
import io.meshwright.plan.change.Risk;
import io.meshwright.plan.report.PlanJson;
import io.meshwright.plan.report.PlanMarkdown;
import io.meshwright.plan.report.PlanReport;
import io.meshwright.plan.report.PlanText;
import io.meshwright.trace.report.RequestRow;
import io.meshwright.trace.report.RequestTable;
import io.meshwright.trace.request.Request;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells what a change does before it is merged. */
@Command(
        name = "plan",
        description =
                "Tell what a change does before it is merged: requests, security, delivery, findings, and how bad it can get.",
        customSynopsis = {
            "meshwright plan [OPTIONS]                what environments/ would change in dist",
            "meshwright plan [OPTIONS] BASE           what dist here changes against a revision",
            "meshwright plan [OPTIONS] BASE HEAD      two revisions, or two folders"
        })
final class PlanCommand implements Callable<Integer> {
    /** The form that is printed, and the file that holds it where all are saved. */
    enum Format {
        TEXT("plan.txt", report -> String.join("\n", PlanText.of(report)).concat("\n")),
        JSON("plan.json", PlanJson::of),
        MARKDOWN("plan.md", PlanMarkdown::of),
        HTML("plan.html", PlanHtml::of);

        private final String file;
        private final Function<PlanReport, String> writer;

        Format(String file, Function<PlanReport, String> writer) {
            this.file = file;
            this.writer = writer;
        }

        String of(PlanReport report) {
            return writer.apply(report);
        }
    }

    private final Rendering rendering;
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Mixin
    private PlannedSides sides;

    @Option(
            names = "--table",
            paramLabel = "FILE",
            description = "Ask the requests of this RequestTable too; may be given again.")
    private List<Path> tables = new ArrayList<>();

    @Option(
            names = "--fail-on",
            paramLabel = "RISK",
            defaultValue = "dangerous",
            description = "End with code 6 from this risk on: low, review or dangerous (default: ${DEFAULT-VALUE}).")
    private String limit;

    @Option(
            names = "--accepted",
            paramLabel = "FILE",
            description =
                    "Lines \"CODE SUBJECT REASON\" of changes that do not fail the run, in a file or in REVISION:FILE of"
                            + " git, where it may be missing; may be given again.")
    private List<String> accepted = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "text|json|markdown|html",
            defaultValue = "text",
            description = "How to print (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Option(names = "--output", paramLabel = "FILE", description = "Write there instead of printing.")
    private @Nullable Path output;

    @Option(
            names = "--save",
            paramLabel = "DIR",
            description = "Write plan.txt, plan.json, plan.md and plan.html there besides.")
    private @Nullable Path save;

    PlanCommand(Rendering rendering, Surroundings surroundings) {
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
        if (output != null && (Files.isDirectory(output) || !hasFolder(output))) {
            throw new InvalidValue(
                    "--output", "\"%s\" cannot be a file".formatted(output), "name one in a folder that is there");
        }
        Risk failing = Risk.of(limit)
                .filter(risk -> risk != Risk.NONE)
                .orElseThrow(() -> new InvalidValue(
                        "--fail-on", "\"%s\" is no risk".formatted(limit), "write low, review or dangerous"));
        List<Request> always =
                RequestTable.rows(tables).stream().map(RequestRow::request).toList();
        Acceptances passing = passing();
        PlannedSides.Pair pair = sides.read(rendering, surroundings, console);
        if (pair.isRefused()) {
            return ExitCode.USAGE;
        }
        PlanReport report = new PlanReport(
                pair.baseName(),
                pair.headName(),
                pair.notes(),
                Plan.all(pair.base(), pair.head(), always),
                passing.and(pair.acceptances()));
        write(report, console);
        return report.open(failing, passing).isEmpty() ? ExitCode.CLEAN : ExitCode.RISK;
    }

    private static boolean hasFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder != null && Files.isDirectory(folder);
    }

    private Acceptances passing() throws IOException {
        Acceptances passing = Acceptances.none();
        for (String named : accepted) {
            passing = passing.and(Acceptances.ofFile(named, accepted(named)));
        }
        return passing;
    }

    /** Of a file, or of REVISION:FILE, where nothing is accepted if the revision has no such file. */
    private String accepted(String named) throws IOException {
        Path file = AskedManifests.fromHere(named);
        if (Files.isRegularFile(file)) {
            return Files.readString(file);
        }
        int colon = named.indexOf(':');
        if (colon < 1) {
            throw new InvalidValue("--accepted", "\"%s\" is no file".formatted(named), "name one, or REVISION:FILE");
        }
        return sides.text(named.substring(0, colon), named.substring(colon + 1)).orElse("");
    }

    private void write(PlanReport report, Console console) throws IOException {
        if (save != null) {
            Files.createDirectories(save);
            for (Format each : Format.values()) {
                Files.writeString(save.resolve(each.file), each.of(report));
            }
        }
        if (output == null) {
            console.result(format.of(report).stripTrailing());
        } else {
            Files.writeString(output, format.of(report));
        }
    }
}
