package io.meshwright.check.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.check.Finding;
import io.meshwright.check.Findings;
import java.util.function.Function;

/** Findings for programs. */
final class JsonReport {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

    private JsonReport() {}

    static String render(Findings findings, Function<Finding, Told> told) {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("errors", findings.errors().size());
        report.put("warnings", findings.warnings().size());
        var list = report.putArray("findings");
        findings.all().forEach(finding -> list.add(entry(finding, told.apply(finding))));
        return print(report);
    }

    /** Indented, with a line feed at the end. */
    static String print(JsonNode report) {
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT);
        try {
            return MAPPER.writer(printer).writeValueAsString(report).concat("\n");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("json: a tree of texts and numbers is not writable", impossible);
        }
    }

    private static ObjectNode entry(Finding finding, Told told) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("code", finding.rule().code());
        var twins = entry.putArray("twins");
        finding.rule().twins().forEach(twins::add);
        entry.put("severity", finding.severity().word());
        finding.manifest().ifPresent(manifest -> {
            ObjectNode object = entry.putObject("object");
            object.put("apiVersion", manifest.apiVersion());
            object.put("kind", manifest.kind().name());
            manifest.namespace().ifPresent(namespace -> object.put("namespace", namespace));
            object.put("name", manifest.name());
        });
        entry.put("file", finding.place().file());
        entry.put("line", finding.place().line());
        entry.put("column", finding.place().column());
        entry.put("message", finding.message());
        entry.put("remedy", finding.remedy());
        if (!told.construct().isEmpty()) {
            entry.put("construct", told.construct());
        }
        if (!told.origin().isEmpty()) {
            entry.put("from", told.origin());
        }
        return entry;
    }
}
