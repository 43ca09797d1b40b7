package io.meshwright.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.meshwright.cli.option.AskedModel;
import io.meshwright.cli.option.Printed;
import io.meshwright.environment.Environment;
import io.meshwright.environment.aiops.Model;
import io.meshwright.file.EnvironmentFiles;
import io.meshwright.file.LastChanges;
import io.meshwright.file.Runbooks;
import io.meshwright.incident.Incident;
import io.meshwright.incident.ask.Prompt;
import io.meshwright.incident.cause.Looks;
import io.meshwright.incident.evidence.Evidence;
import io.meshwright.incident.evidence.EvidenceReader;
import io.meshwright.incident.mending.Mends;
import io.meshwright.incident.mending.Planner;
import io.meshwright.incident.report.IncidentJson;
import io.meshwright.incident.report.IncidentText;
import io.meshwright.manifest.Reading;
import io.meshwright.mesh.Mesh;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells why a request ended as somebody saw it. */
@Command(
        name = "incident",
        description =
                "Tell why: from an access log line, an alert's JSON, an answer (curl -i) or a table of proxy-config.")
final class IncidentCommand implements Callable<Integer> {
    private static final OneMesh.Words WORDS =
            new OneMesh.Words("give --env NAME, or files or folders with --manifests", "an incident happens in one");

    private final Synthesis synthesis;
    private final Surroundings surroundings;
    private final Map<String, String> variables;

    @Spec
    private CommandSpec spec;

    @Mixin
    private OneMesh manifests;

    @Parameters(
            paramLabel = "TEXT",
            arity = "1..*",
            description = "What was seen, in quotation marks, or - for standard input.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--manifests",
            paramLabel = "PATH",
            description = "A file or folder of manifests of one mesh; may be given again.")
    private List<String> paths = new ArrayList<>();

    @Option(
            names = "--no-plan",
            description = "Do not plan the changes that would mend it, which takes as long as plan does for each.")
    private boolean withoutPlan;

    @Mixin
    private Printed printed;

    @Mixin
    private AskedModel model;

    @Mixin
    private Folders.Environments environments;

    /** @param variables of the process, one of which may hold a model's key */
    IncidentCommand(Synthesis synthesis, Surroundings surroundings, Map<String, String> variables) {
        this.synthesis = synthesis;
        this.surroundings = surroundings;
        this.variables = variables;
    }

    @Override
    public Integer call() throws IOException {
        Console console = Console.of(spec.commandLine());
        try {
            return explain(console).number();
        } catch (InvalidValue wrong) {
            console.problem(wrong.getMessage());
            return ExitCode.USAGE.number();
        }
    }

    private ExitCode explain(Console console) throws IOException {
        List<Evidence> seen = EvidenceReader.read(text());
        Optional<Model> asked = model.isAsked() ? Optional.of(declared()) : Optional.empty();
        Reading reading = manifests.reading(paths, WORDS, surroundings, console);
        Mesh mesh = manifests.mesh(reading);
        Runbooks runbooks = new Runbooks(surroundings.docs(), manifests.title(paths));
        Planner planner = new Planner(reading, mesh, manifests.version());
        List<String> lines = new ArrayList<>();
        try (LastChanges changes = LastChanges.around(surroundings.home())) {
            ArrayNode all = new ObjectMapper().createArrayNode();
            for (Evidence evidence : seen) {
                Incident incident = Incident.of(mesh, evidence);
                Mends mends = withoutPlan ? Mends.NONE : planner.plan(incident);
                List<String> looks = Looks.of(mesh, evidence, incident.caller());
                if (printed.isJson()) {
                    all.add(IncidentJson.of(incident, mends, looks, runbooks.of(evidence), changes::of));
                } else {
                    lines.addAll(IncidentText.of(incident, mends, looks, runbooks.of(evidence), changes::of));
                }
            }
            if (printed.isJson()) {
                console.result(all.toPrettyString());
                return ExitCode.CLEAN;
            }
        }
        if (!model.showsPrompt()) {
            lines.forEach(console::result);
        }
        return asked.isPresent() ? ask(asked.get(), Prompt.of(lines), console) : ExitCode.CLEAN;
    }

    /** Asks a model and prints its words behind all else, or a sentence why it says nothing. */
    private ExitCode ask(Model asked, Prompt prompt, Console console) throws IOException {
        if (model.showsPrompt()) {
            console.result(prompt.shown(AskedModel.endpoint(asked)));
            return ExitCode.CLEAN;
        }
        try {
            console.step("asking the model");
            model.answer(asked, prompt, variables).forEach(console::result);
            return ExitCode.CLEAN;
        } catch (InvalidValue silent) {
            console.problem(silent.getMessage());
            return ExitCode.CRASH;
        }
    }

    /** Read before anything is explained, so that a wrong name is told at once. */
    private Model declared() throws IOException {
        String environment = manifests
                .environment()
                .orElseThrow(() -> new InvalidValue(
                        "--ask", "no environment is named, which declares the model", "name it with --env"));
        if (printed.isJson()) {
            throw new InvalidValue("--ask", "a model answers in text only", "leave --format json out");
        }
        EnvironmentFiles files =
                EnvironmentFiles.in(environments.in(surroundings).environments());
        List<Path> file = files.chosen(List.of(environment));
        if (file.isEmpty()) {
            throw new InvalidValue(
                    "--ask",
                    "\"%s\" has no environment file, which declares the model".formatted(environment),
                    "name the folder of the files with --environments");
        }
        if (synthesis.read(file.get(0))
                instanceof io.meshwright.environment.reader.Reading.Accepted<Environment> read) {
            return model.declared(read.value());
        }
        throw new InvalidValue(
                "--ask",
                "%s is wrong".formatted(file.get(0)),
                "see %s synth --dry-run for what to mend in it".formatted(surroundings.program()));
    }

    private String text() throws IOException {
        if (!words.equals(List.of(AskedManifests.STANDARD_INPUT))) {
            return String.join(" ", words);
        }
        if (paths.contains(AskedManifests.STANDARD_INPUT)) {
            throw new InvalidValue("incident", "standard input is asked for twice", "name the manifests as files");
        }
        return new String(System.in.readNBytes(EvidenceReader.LONGEST + 1), StandardCharsets.UTF_8);
    }
}
