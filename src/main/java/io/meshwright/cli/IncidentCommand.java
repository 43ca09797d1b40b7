package io.meshwright.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.meshwright.cli.file.LastChanges;
import io.meshwright.cli.file.Runbooks;
import io.meshwright.cli.option.Printed;
import io.meshwright.incident.Incident;
import io.meshwright.incident.cause.Looks;
import io.meshwright.incident.evidence.Evidence;
import io.meshwright.incident.evidence.EvidenceReader;
import io.meshwright.incident.report.IncidentJson;
import io.meshwright.incident.report.IncidentText;
import io.meshwright.manifest.Reading;
import io.meshwright.mesh.Mesh;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
                "Tell why: from an access log line, an alert's JSON, an answer (curl -i) or a table of proxy-config endpoints.")
final class IncidentCommand implements Callable<Integer> {
    private static final OneMesh.Words WORDS =
            new OneMesh.Words("give --env NAME, or files or folders with --manifests", "an incident happens in one");
    private static final int LONGEST = 1 << 20;

    private final Surroundings surroundings;

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

    @Mixin
    private Printed printed;

    IncidentCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Console console = Console.of(spec.commandLine());
        try {
            explain(console);
            return ExitCode.CLEAN.number();
        } catch (InvalidValue wrong) {
            console.problem(wrong.getMessage());
            return ExitCode.USAGE.number();
        }
    }

    private void explain(Console console) throws IOException {
        List<Evidence> seen = EvidenceReader.read(text());
        Reading reading = manifests.reading(paths, WORDS, surroundings, console);
        Mesh mesh = manifests.mesh(reading);
        Runbooks runbooks = new Runbooks(surroundings.home().resolve("docs"), manifests.title(paths));
        try (LastChanges changes = LastChanges.around(surroundings.home())) {
            ArrayNode all = new ObjectMapper().createArrayNode();
            for (Evidence evidence : seen) {
                Incident incident = Incident.of(mesh, evidence);
                List<String> looks = Looks.of(mesh, evidence, incident.caller());
                if (printed.isJson()) {
                    all.add(IncidentJson.of(incident, looks, runbooks.of(evidence), changes::of));
                } else {
                    IncidentText.of(incident, looks, runbooks.of(evidence), changes::of)
                            .forEach(console::result);
                }
            }
            if (printed.isJson()) {
                console.result(all.toPrettyString());
            }
        }
    }

    private String text() throws IOException {
        if (!words.equals(List.of(AskedManifests.STANDARD_INPUT))) {
            return String.join(" ", words);
        }
        if (paths.contains(AskedManifests.STANDARD_INPUT)) {
            throw new InvalidValue("incident", "standard input is asked for twice", "name the manifests as files");
        }
        return new String(System.in.readNBytes(LONGEST + 1), StandardCharsets.UTF_8);
    }
}
