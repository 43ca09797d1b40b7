package io.meshwright.rehearsal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meshwright.rehearsal.process.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands in for Prometheus where Argo Rollouts analyses a canary and where {@code meshwright heal} looks around: it
 * answers every query with one number, or those with a part with another. It takes alerts as Alertmanager does.
 */
final class PrometheusStandIn implements AutoCloseable {
    private final HttpServer server;
    private final List<String> queries = new CopyOnWriteArrayList<>();
    private final Map<String, Optional<String>> parts = new ConcurrentSkipListMap<>();
    private volatile String answer = "1";

    private PrometheusStandIn(HttpServer server) {
        this.server = server;
    }

    static PrometheusStandIn start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Ports.PROMETHEUS), 0);
        PrometheusStandIn started = new PrometheusStandIn(server);
        server.createContext("/", started::serve);
        server.start();
        return started;
    }

    static String url() {
        return "http://127.0.0.1:%d".formatted(Ports.PROMETHEUS);
    }

    /** What every further query is answered with; {@code NaN} where nothing was measured. */
    void answer(String number) {
        answer = number;
    }

    /** What further queries with that part are answered with; empty: they have no result. */
    void answer(String part, Optional<String> number) {
        parts.put(part, number);
    }

    /** What was asked so far, and the alerts that were sent. */
    List<String> queries() {
        return List.copyOf(queries);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String asked =
                    body.isEmpty() ? String.valueOf(exchange.getRequestURI().getRawQuery()) : body;
            String query = URLDecoder.decode(asked, StandardCharsets.UTF_8);
            queries.add("%s %s".formatted(exchange.getRequestURI(), query));
            String result = parts.entrySet().stream()
                    .filter(part -> query.contains(part.getKey()))
                    .findFirst()
                    .map(Map.Entry::getValue)
                    .orElse(Optional.of(answer))
                    .map(
                            "{\"metric\": {}, \"value\": [%d, \"%%s\"]}".formatted(System.currentTimeMillis() / 1000)
                                    ::formatted)
                    .orElse("");
            byte[] content = "{\"status\": \"success\", \"data\": {\"resultType\": \"vector\", \"result\": [%s]}}"
                    .formatted(result)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("content-type", "application/json");
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
