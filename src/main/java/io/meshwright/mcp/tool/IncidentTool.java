package io.meshwright.mcp.tool;

import io.meshwright.file.LastChanges;
import io.meshwright.file.Runbooks;
import io.meshwright.incident.Incident;
import io.meshwright.incident.cause.Looks;
import io.meshwright.incident.evidence.Evidence;
import io.meshwright.incident.evidence.EvidenceReader;
import io.meshwright.incident.mending.Planner;
import io.meshwright.incident.report.IncidentText;
import io.meshwright.manifest.Reading;
import io.meshwright.mesh.Mesh;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Why a request ended as somebody saw it. */
final class IncidentTool implements Tool {
    private final Roots roots;
    private final NamedManifests manifests;

    IncidentTool(Roots roots, NamedManifests manifests) {
        this.roots = roots;
        this.manifests = manifests;
    }

    @Override
    public String name() {
        return "incident";
    }

    @Override
    public String title() {
        return "Explain an incident";
    }

    @Override
    public String description() {
        return "Tell why a request ended as somebody saw it, from a line of an Envoy access log, the JSON of an alert, an"
                + " answer (status, headers, body) or a table of istioctl proxy-config: which request it was, how it ends"
                + " by the manifests, the object and line that decide, what changed there last, what else would end it so, and"
                + " what changes of one object would mend it, each with its plan.";
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "additionalProperties": false, "required": ["text"], "properties": {
                  "text": {"type": "string", "minLength": 1, "maxLength": 262144, "description": "What was seen, as it is."},
                  %s}}""".formatted(NamedManifests.SCHEMA);
    }

    @Override
    public String source() {
        return "what was seen, manifests and their history in git";
    }

    @Override
    public String call(Arguments arguments) throws IOException {
        List<Evidence> seen = EvidenceReader.read(arguments.required("text"));
        Reading reading = manifests.one(arguments);
        Mesh mesh = NamedManifests.mesh(reading, arguments);
        Runbooks runbooks = new Runbooks(
                roots.first().resolve("docs"), arguments.text("environment").orElse(""));
        Planner planner = new Planner(reading, mesh, NamedManifests.version(arguments));
        List<String> lines = new ArrayList<>();
        try (LastChanges changes = LastChanges.around(roots.first())) {
            for (Evidence evidence : seen) {
                Incident incident = Incident.of(mesh, evidence);
                List<String> looks = Looks.of(mesh, evidence, incident.caller());
                lines.addAll(
                        IncidentText.of(incident, planner.plan(incident), looks, runbooks.of(evidence), changes::of));
                lines.add("");
            }
        }
        return String.join("\n", lines).concat(NamedManifests.flaws(reading));
    }
}
