package io.meshwright.construct.observability.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.settings.StreamingService;
import io.meshwright.value.Name;
import io.meshwright.value.traffic.RoutePath;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamLinesTest {
    private static final String LINE =
            "[2026-03-01T09:00:00.000Z] \"%s %s HTTP/1.1\" 200 %s via_upstream - \"-\" 0 4711"
                    + " 3600000 %s \"203.0.113.9\" \"Mozilla/5.0 (X11) 1 2 3 4\" \"7b6f\" \"shop.example.org\" \"10.1.0.5:8080\" %s"
                    + " 127.0.0.6:40001 10.1.0.5:8080 203.0.113.9:0 outbound_.80_._.chat.shop.svc.cluster.local default";

    private static final StreamingService CHAT = new StreamingService(
            Name.of("shop"),
            Name.of("chat"),
            "chat",
            List.of(
                    RoutePath.prefix("/api/chat").expression(),
                    RoutePath.exact("/v1.0").expression()));

    @ParameterizedTest
    @CsvSource({
        "GET, /api/chat, DC, 38, inbound|8080||, 38",
        "POST, /api/chat/7?token=a, -, 1203, inbound|8080||, 1203",
        "GET, /v1.0?x, UC, 5, inbound|8080||, 5",
        // Below another path, and what only looks like the exact one.
        "GET, /api/chats, DC, 38, inbound|8080||,",
        "GET, /v1x0, DC, 38, inbound|8080||,",
        "GET, /shop/api/chat, DC, 38, inbound|8080||,",
        // Nothing came from the service.
        "GET, /api/chat, DC, -, inbound|8080||,",
        // The pod's own call of another service.
        "GET, /api/chat, DC, 38, outbound|80||chat.shop.svc.cluster.local,",
    })
    void reads_milliseconds_up_to_the_first_byte_of_streams(
            String method, String path, String flags, String first, String cluster, String read) {
        assertThat(read(LINE.formatted(method, path, flags, first, cluster))).isEqualTo(Optional.ofNullable(read));
    }

    @Test
    void loki_counts_them_where_it_counts_anyhow() throws Exception {
        JsonNode rule = new YAMLMapper()
                .readTree(LogRules.files(Samples.watched()).get("log-streams.yaml"))
                .at("/groups/0/rules/0");

        assertThat(rule.path("record").asText()).isEqualTo("service:stream_first_byte_milliseconds");
        assertThat(rule.path("expr").asText())
                .startsWith("quantile_over_time(0.95, {namespace=\"shop\",app=\"live\",log_type=\"access-log\"}");
        assertThat(rule.at("/labels/destination_service_name").asText()).isEqualTo("live");
        assertThat(LogRules.files(Samples.hosts())).doesNotContainKey("log-streams.yaml");
    }

    @Test
    void a_path_cannot_end_the_quotes_of_the_query() {
        assertThat(new StreamingService(Name.of("shop"), Name.of("chat"), "chat", List.of("/a`b")).requests())
                .doesNotContain("`");
    }

    /** What the steps of the query between backquotes make of a line, in their order, as RE2 and LogQL do. */
    private static Optional<String> read(String line) {
        String[] parts = StreamLines.firstByte(CHAT, "0.95").split("`");
        assertThat(parts).hasSize(9);
        if (!line.contains(parts[1])) {
            return Optional.empty();
        }
        Matcher path = Pattern.compile(parts[3]).matcher(line);
        if (!path.find() || !Pattern.matches(parts[5], path.group("path"))) {
            return Optional.empty();
        }
        Matcher first = Pattern.compile(parts[7]).matcher(line);
        return first.find() ? Optional.of(first.group("first")) : Optional.empty();
    }
}
