package io.meshwright.mcp.tool;

import io.meshwright.check.Checks;
import io.meshwright.check.Finding;
import io.meshwright.check.Findings;
import io.meshwright.check.Severity;
import io.meshwright.check.report.TextReport;
import io.meshwright.manifest.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells what is wrong with manifests. */
final class CheckTool implements Tool {
    private final NamedManifests manifests;
    private final RootedKeys keys;

    CheckTool(NamedManifests manifests, RootedKeys keys) {
        this.manifests = manifests;
        this.keys = keys;
    }

    @Override
    public String name() {
        return "check";
    }

    @Override
    public String title() {
        return "Check manifests";
    }

    @Override
    public String description() {
        return "Find what would break traffic, security or delivery in manifests of Istio and Kubernetes: each finding"
                + " has a code (explain tells about it), a place, what happens, a remedy, and in what was synthesized the key"
                + " of the environment file behind it. Nothing is asked of a cluster.";
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "additionalProperties": false, "properties": {
                  "severity": {"type": "string", "enum": ["error", "warning", "info"],
                    "description": "Leave out what is less severe (default: info, so nothing)."},
                  %s}}""".formatted(NamedManifests.SCHEMA);
    }

    @Override
    public String source() {
        return "manifests";
    }

    @Override
    public String call(Arguments arguments) throws IOException {
        Severity least =
                Severity.valueOf(arguments.text("severity").orElse("info").toUpperCase(Locale.ROOT));
        List<Finding> found = new ArrayList<>();
        for (Reading reading : manifests.all(arguments)) {
            Checks.run(reading, NamedManifests.version(arguments)).all().stream()
                    .filter(finding -> finding.severity().compareTo(least) <= 0)
                    .forEach(found::add);
        }
        return new TextReport(false)
                .render(new Findings(found).all().stream().map(keys.behind()).toList());
    }
}
