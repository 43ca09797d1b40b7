package io.meshwright.construct.observability.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.dashboards.DashboardQueries;
import io.meshwright.construct.observability.dashboards.Source;
import io.meshwright.construct.observability.program.Program;
import io.meshwright.construct.observability.program.Server;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pattern ingester of a real Loki, from lines to the panel that shows which of them are alike. */
class PatternsTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private int port;

    @Test
    void lines_that_are_alike_are_found_by_the_query_of_the_dashboard() throws Exception {
        Program loki = Program.of("loki");
        String query = DashboardQueries.of(Source.LOKI)
                .filter(each -> each.contains("{__pattern__="))
                .findFirst()
                .orElseThrow()
                .replace("$app", "cart")
                .replace("$namespace", "shop");

        try (Server server = loki.start(folder, arguments())) {
            server.await("http://127.0.0.1:%d/ready".formatted(port));
            for (int i = 0; i < 60; i++) {
                String line = RealLoki.line(
                        System.currentTimeMillis() * 1_000_000, "order %d was stored in %d ms".formatted(1000 + i, i));
                assertThat(server.post("http://127.0.0.1:%d/otlp/v1/logs".formatted(port), line)
                                .statusCode())
                        .isEqualTo(204);
            }

            assertThat(answer(query, "stored")).contains("order <_> was stored in <_> ms");
        }
    }

    /** Asks as Grafana's panel does, which says that it is the page for logs, until the answer holds a text. */
    private String answer(String query, String text) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(180).toNanos();
        String body = "";
        while (System.nanoTime() < end && !body.contains(text)) {
            body = client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/loki/api/v1/query_range?query=%s"
                                            .formatted(port, URLEncoder.encode(query, StandardCharsets.UTF_8))))
                                    .header("X-Query-Tags", "Source=grafana-lokiexplore-app")
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            Thread.sleep(1000);
        }
        return body;
    }

    /** Those of the rendered configuration, on loopback, with a quarter of an hour made ten seconds. */
    private List<String> arguments() throws IOException {
        port = Server.freePort();
        String rendered = LokiConfig.text(Samples.watched());
        Path file = Files.writeString(
                folder.resolve("loki.yaml"),
                rendered.replace(
                                ": /etc/loki-rules", ": %s".formatted(Files.createDirectories(folder.resolve("rules"))))
                        .replace(": /loki", ": %s".formatted(folder))
                        .replace("max_chunk_age: 15m", "max_chunk_age: 10s\n  flush_check_period: 2s")
                        .replace("retain_for: 15m", "retain_for: 10s")
                        .replace("pattern_persistence_granularity: 15m", "pattern_persistence_granularity: 10s")
                        .replace("push_period: 1m", "push_period: 1s")
                        .replace("127.0.0.1:3100", "127.0.0.1:%d".formatted(port))
                        .replace("http_listen_port: 3100", "http_listen_port: %d".formatted(port))
                        .replace("grpc_listen_port: 9095", "grpc_listen_port: %d".formatted(Server.freePort())));
        return RealLoki.arguments(file);
    }
}
