package io.meshwright.check.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.check.Finding;
import io.meshwright.check.Findings;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.mesh.terms.Source;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Findings in the Static Analysis Results Interchange Format (docs.oasis-open.org/sarif/sarif/v2.1.0). */
final class SarifReport {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
    private static final String UNRESERVED = "-._~/";

    private SarifReport() {}

    static String render(Findings findings, Function<Finding, Told> told) {
        List<Rule> rules =
                findings.all().stream().map(Finding::rule).distinct().sorted().toList();
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("$schema", SCHEMA);
        report.put("version", "2.1.0");
        ObjectNode run = report.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "meshwright");
        var described = driver.putArray("rules");
        rules.forEach(rule -> describe(described.addObject(), rule));
        run.put("columnKind", "unicodeCodePoints");
        var results = run.putArray("results");
        Map<String, Integer> seen = new TreeMap<>();
        for (Finding finding : findings.all()) {
            ObjectNode result = results.addObject();
            result(
                    result,
                    finding,
                    rules.indexOf(finding.rule()),
                    told.apply(finding).origin());
            String print = fingerprint(finding);
            result.putObject("partialFingerprints")
                    .put("primaryLocationLineHash", "%s:%d".formatted(print, seen.merge(print, 1, Integer::sum)));
        }
        return JsonReport.print(report);
    }

    private static void describe(ObjectNode to, Rule rule) {
        to.put("id", rule.code());
        to.put("name", rule.name());
        to.putObject("shortDescription").put("text", "%s.".formatted(rule.title()));
        to.putObject("fullDescription").put("text", rule.consequence());
        to.putObject("help").put("text", rule.remedy());
        to.putObject("defaultConfiguration").put("level", level(rule.severity()));
        ObjectNode properties = to.putObject("properties");
        properties.put(
                "problem.severity",
                rule.severity() == Severity.INFO
                        ? "recommendation"
                        : rule.severity().word());
        properties.put("precision", "high");
        var tags = properties.putArray("tags");
        rule.twins().forEach(tags::add);
    }

    private static void result(ObjectNode to, Finding finding, int ruleIndex, String origin) {
        to.put("ruleId", finding.rule().code());
        to.put("ruleIndex", ruleIndex);
        to.put("level", level(finding.severity()));
        String subject = finding.object().isEmpty() ? "" : "%s: ".formatted(finding.object());
        String from = origin.isEmpty() ? "" : " (from %s)".formatted(origin);
        to.putObject("message").put("text", "%s%s. %s%s".formatted(subject, finding.message(), finding.remedy(), from));
        ObjectNode location = to.putArray("locations").addObject();
        ObjectNode physical = location.putObject("physicalLocation");
        physical.putObject("artifactLocation").put("uri", uri(finding.place().file()));
        physical.putObject("region")
                .put("startLine", finding.place().line())
                .put("startColumn", finding.place().column());
        finding.manifest()
                .ifPresent(manifest -> location.putArray("logicalLocations")
                        .addObject()
                        .put("fullyQualifiedName", manifest.toString())
                        .put("kind", "resource"));
    }

    /**
     * The same finding has the same one though lines above it come and go; code hosts close and reopen alerts by it.
     */
    private static String fingerprint(Finding finding) {
        String subject = String.join(
                "\n",
                finding.rule().code(),
                finding.place().file(),
                finding.object(),
                finding.source().map(Source::pointer).orElse(""));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(subject.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("sarif: every Java platform has SHA-256", impossible);
        }
    }

    private static String level(Severity severity) {
        return severity == Severity.INFO ? "note" : severity.word();
    }

    private static String uri(String file) {
        StringBuilder uri = new StringBuilder();
        for (byte octet : file.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) octet;
            boolean plain = octet > 0 && (Character.isLetterOrDigit(character) || UNRESERVED.indexOf(character) >= 0);
            uri.append(plain ? Character.toString(character) : "%%%02X".formatted(octet & 0xff));
        }
        // A path from the root is no relative reference to the repository.
        return file.startsWith("/") ? "file://%s".formatted(uri) : uri.toString();
    }
}
