package io.meshwright.construct.observability.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.logs.OtlpSink.Line;
import io.meshwright.construct.observability.program.Program;
import io.meshwright.construct.observability.program.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of lines through the real collector with the rendered configurations. */
class RedactedPathTest {
    private static final Map<String, String> ROWS = RedactionTable.rows();
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private int health;
    private int http;

    @Test
    void bodies_and_attributes_that_proxies_and_applications_send_leave_redacted() throws Exception {
        try (OtlpSink loki = new OtlpSink();
                Server collector = collector(loki)) {
            ArrayNode records = JSON.createArrayNode();
            ROWS.keySet().forEach(line -> record(records, line));
            post(collector, "logs", logs(records));

            List<Line> lines = loki.take(ROWS.size());
            assertThat(lines).extracting(Line::body).containsExactlyInAnyOrderElementsOf(ROWS.values());
            assertThat(lines).allSatisfy(line -> {
                assertThat(line.attributes()).containsEntry("said", line.body()).containsEntry("part.of", line.body());
                assertThat(line.attributes())
                        .containsEntry("order", "4111111111111112")
                        .containsEntry("card", "(hidden)")
                        .containsEntry("http.request.header.x-request-id.0", TRACE)
                        .doesNotContainKeys("http.request.header.cookie.0", "clientSecret");
            });
        }
    }

    @Test
    void a_body_that_is_no_text_leaves_as_redacted_json() throws Exception {
        try (OtlpSink loki = new OtlpSink();
                Server collector = collector(loki)) {
            ArrayNode records = JSON.createArrayNode();
            ObjectNode body = records.addObject()
                    .put("timeUnixNano", "1700000000000000000")
                    .putObject("body");
            attribute(body.putObject("kvlistValue").putArray("values"), "password", "geheim");
            post(collector, "logs", logs(records));

            assertThat(loki.take(1)).extracting(Line::body).containsExactly("{\"password\":\"(hidden)\"}");
        }
    }

    @Test
    void spans_leave_redacted_and_keep_their_ids_and_numbers() throws Exception {
        try (OtlpSink sink = new OtlpSink();
                Server collector = collector(sink)) {
            ObjectNode request = JSON.createObjectNode();
            ObjectNode resource = request.putArray("resourceSpans").addObject();
            attribute(
                    resource.putObject("resource").putArray("attributes"),
                    "process.command_line",
                    "java -Ddb.password=geheim");
            ObjectNode span = resource.putArray("scopeSpans")
                    .addObject()
                    .putArray("spans")
                    .addObject();
            span.put("traceId", TRACE).put("spanId", "00f067aa0ba902b7").put("name", "GET /a?mail=kim@example.org");
            span.put("startTimeUnixNano", "1700000000000000000").put("endTimeUnixNano", "1700000000100000000");
            span.putObject("status").put("message", "no user kim@example.org");
            ArrayNode attributes = span.putArray("attributes");
            attribute(attributes, "url.query", "mail=kim&order=20260105-000123");
            attribute(attributes, "url.full", "https://shop.example.org/a?mail=kim#top");
            attribute(attributes, "http.request.header.authorization", "opaque");
            attribute(
                    attributes,
                    "db.statement",
                    "select * from users where phone = '010-1234-5678' and id = 20260105000123");
            attributes
                    .addObject()
                    .put("key", "http.status_code")
                    .putObject("value")
                    .put("intValue", "401");
            attribute(
                    span.putArray("events").addObject().put("name", "exception").putArray("attributes"),
                    "exception.message",
                    "card 4111 1111 1111 1111 refused");
            // One without events.
            ObjectNode second = span.deepCopy().put("spanId", "00f067aa0ba902b8");
            second.remove("events");
            ((ArrayNode) resource.path("scopeSpans").get(0).path("spans")).add(second);
            post(collector, "traces", request.toString());

            JsonNode sent = sink.spans();
            assertThat(sent.toString())
                    .doesNotContain("geheim", "kim", "opaque", "1234-5678", "1111")
                    .contains(
                            "\"url.query\",\"value\":{\"stringValue\":\"mail=(hidden)&order=(hidden)\"}",
                            "https://shop.example.org/a?mail=(hidden)#top",
                            "where phone = '(hidden)' and id = 20260105000123",
                            "\"intValue\":\"401\"",
                            "card (hidden) refused",
                            "no user (hidden)",
                            "GET /a?mail=(hidden)",
                            TRACE);
        }
    }

    @Test
    void lines_of_files_leave_redacted_a_key_of_many_lines_as_one_entry() throws Exception {
        Program collector = Program.of("otelcol-contrib");
        Path logs = Files.createDirectories(folder.resolve("pods/apps_hello-1_0000-1111/hello"));
        Map<String, String> single = ROWS.entrySet().stream()
                .filter(row -> !row.getKey().contains("\n"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        String base64 = "MIIEpAIBAAKCAQEAexamplexamplexamplexamplexamplexamplexamplexampl";
        String key = "key is\n\t-----BEGIN PRIVATE KEY-----\n%s\n%s\nabcd==\n-----END PRIVATE KEY-----"
                .formatted(base64, base64);
        try (OtlpSink loki = new OtlpSink();
                Server agent = collector.start(folder, List.of("--config=%s".formatted(agent(loki))))) {
            agent.await("http://127.0.0.1:%d/".formatted(health));
            Files.write(
                    logs.resolve("0.log"),
                    Stream.concat(key.lines(), single.keySet().stream())
                            .map("2026-01-01T00:00:00.000000001Z stdout F "::concat)
                            .toList());

            assertThat(loki.take(single.size() + 1))
                    .as(agent.output())
                    .extracting(Line::body)
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(Stream.of("key is\n\t(hidden)"), single.values().stream())
                                    .toList());
        }
    }

    private static void record(ArrayNode records, String line) {
        ObjectNode record = records.addObject().put("timeUnixNano", "1700000000000000000");
        record.putObject("body").put("stringValue", line);
        ArrayNode attributes = record.putArray("attributes");
        attribute(attributes, "said", line);
        attribute(
                attributes
                        .addObject()
                        .put("key", "part")
                        .putObject("value")
                        .putObject("kvlistValue")
                        .putArray("values"),
                "of",
                line);
        attribute(attributes, "order", "4111111111111112");
        attributes.addObject().put("key", "card").putObject("value").put("intValue", "4111111111111111");
        attribute(attributes, "clientSecret", "x");
        for (String header : List.of("x-request-id", "cookie")) {
            attributes
                    .addObject()
                    .put("key", "http.request.header.%s".formatted(header))
                    .putObject("value")
                    .putObject("arrayValue")
                    .putArray("values")
                    .addObject()
                    .put("stringValue", TRACE);
        }
    }

    private static void attribute(ArrayNode attributes, String key, String value) {
        attributes.addObject().put("key", key).putObject("value").put("stringValue", value);
    }

    private static String logs(ArrayNode records) {
        ObjectNode request = JSON.createObjectNode();
        ObjectNode resource = request.putArray("resourceLogs").addObject();
        resource.putObject("resource");
        resource.putArray("scopeLogs").addObject().set("logRecords", records);
        return request.toString();
    }

    private void post(Server collector, String signal, String request) throws Exception {
        collector.await("http://127.0.0.1:%d/".formatted(health));
        assertThat(collector
                        .post("http://127.0.0.1:%d/v1/%s".formatted(http, signal), request)
                        .statusCode())
                .isEqualTo(200);
    }

    /** The rendered configuration on loopback, with spans going where lines go. */
    private Server collector(OtlpSink loki) throws Exception {
        Program collector = Program.of("otelcol-contrib");
        http = Server.freePort();
        ObjectNode config = (ObjectNode) new YAMLMapper()
                .readTree(loki.receiving(CollectorConfig.text(Samples.watched()))
                        .replace("0.0.0.0:4318", "127.0.0.1:%d".formatted(http))
                        .replace("0.0.0.0:4317", "127.0.0.1:%d".formatted(Server.freePort())));
        config.withObject("/service/pipelines/traces").putArray("exporters").add("otlp_http");
        Path file = Files.writeString(
                folder.resolve("collector.yaml"), onLoopback(new YAMLMapper().writeValueAsString(config)));
        return collector.start(folder, List.of("--config=%s".formatted(file)));
    }

    /** As LogPathTest has it: without the API server, and from the beginning of the file. */
    private Path agent(OtlpSink loki) throws Exception {
        Files.createDirectories(folder.resolve("positions"));
        ObjectNode config = (ObjectNode) new YAMLMapper()
                .readTree(loki.receiving(LogAgentConfig.text(Samples.watched()))
                        .replace("start_at: end", "start_at: beginning")
                        .replace(LogAgentConfig.LOGS, folder.resolve("pods").toString())
                        .replace(
                                LogAgentConfig.POSITIONS,
                                folder.resolve("positions").toString()));
        config.withObject("/processors").remove("k8s_attributes");
        config.withObject("/service/pipelines/logs").withArray("processors").remove(1);
        return Files.writeString(folder.resolve("agent.yaml"), onLoopback(new YAMLMapper().writeValueAsString(config)));
    }

    private String onLoopback(String config) throws Exception {
        health = Server.freePort();
        return config.replace("0.0.0.0:13133", "127.0.0.1:%d".formatted(health))
                .replace("0.0.0.0", "127.0.0.1")
                .replaceFirst("port: 8888", "port: %d".formatted(Server.freePort()));
    }
}
