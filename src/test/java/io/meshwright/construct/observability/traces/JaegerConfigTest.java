package io.meshwright.construct.observability.traces;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.logs.CollectorConfig;
import io.meshwright.construct.observability.program.Program;
import io.meshwright.construct.observability.program.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JaegerConfigTest {
    private static final String SPAN = """
        {"resourceSpans": [{
          "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "cart.shop"}}]},
          "scopeSpans": [{"spans": [{
            "traceId": "5b8efff798038103d269b633813fc60c", "spanId": "eee19b7ec3c1b174", "name": "GET", "kind": 2,
            "startTimeUnixNano": "%1$d", "endTimeUnixNano": "%1$d"}]}]}]}\
        """.formatted(System.currentTimeMillis() * 1_000_000);

    @TempDir
    private Path folder;

    @Test
    void spans_stay_on_the_volume_for_their_time() throws Exception {
        JsonNode badger = config().at("/extensions/jaeger_storage/backends/badger/badger");

        assertThat(badger.path("ephemeral").asBoolean(true)).isFalse();
        assertThat(badger.at("/directories/keys").asText()).isEqualTo("/badger/keys");
        assertThat(badger.at("/ttl/spans").asText()).isEqualTo("168h");
    }

    @Test
    void pages_are_served_below_the_prefix_and_every_endpoint_names_its_address() throws Exception {
        assertThat(config().at("/extensions/jaeger_query/base_path").asText()).isEqualTo("/jaeger");
        assertThat(config().findValuesAsText("endpoint"))
                .hasSize(4)
                .allMatch(endpoint -> endpoint.startsWith("0.0.0.0:"));
    }

    @Test
    void a_span_comes_through_the_collector_onto_the_volume_and_is_shown_below_the_prefix() throws Exception {
        Program jaeger = Program.of("jaeger");
        Program collector = Program.of("otelcol-contrib");
        Loopback ports = new Loopback(folder);
        Path stored = Files.writeString(folder.resolve("jaeger.yaml"), ports.of(JaegerConfig.text(Samples.subPaths())));
        Path passed =
                Files.writeString(folder.resolve("collector.yaml"), ports.of(CollectorConfig.text(Samples.subPaths())));

        try (Server store = jaeger.start(folder, List.of("--config=%s".formatted(stored)));
                Server collecting = collector.start(folder, List.of("--config=%s".formatted(passed)))) {
            store.await("http://127.0.0.1:%d/status".formatted(ports.jaegerHealth()));
            collecting.await("http://127.0.0.1:%d/".formatted(ports.collectorHealth()));
            assertThat(collecting
                            .post("http://127.0.0.1:%d/v1/traces".formatted(ports.otlpHttp()), SPAN)
                            .statusCode())
                    .isEqualTo(200);

            assertThat(store.await("http://127.0.0.1:%d/jaeger/api/services".formatted(ports.pages()), "cart.shop"))
                    .contains("cart.shop");
        }
        assertThat(folder.resolve("keys")).isNotEmptyDirectory();
    }

    @Test
    void a_host_of_its_own_shows_pages_at_its_root() throws Exception {
        Program jaeger = Program.of("jaeger");
        Loopback ports = new Loopback(folder);
        Path config = Files.writeString(folder.resolve("jaeger.yaml"), ports.of(JaegerConfig.text(Samples.hosts())));

        try (Server server = jaeger.start(folder, List.of("--config=%s".formatted(config)))) {
            assertThat(server.await("http://127.0.0.1:%d/".formatted(ports.pages())))
                    .contains("<base href=\"/\"");
        }
    }

    private static JsonNode config() throws Exception {
        return new YAMLMapper().readTree(JaegerConfig.text(Samples.subPaths()));
    }
}
