package io.meshwright.heal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The API server, Prometheus and Alertmanager on loopback, as far as healing asks them: objects by their paths, Leases
 * with versions, answers of queries by a part of their text.
 */
final class StubCluster implements AutoCloseable {
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final String QUERY = "/api/v1/query";

    private final Map<String, JsonNode> objects = Collections.synchronizedMap(new TreeMap<>());
    private final Map<String, String> queries = Collections.synchronizedMap(new TreeMap<>());
    private final Map<String, Integer> hidden = Collections.synchronizedMap(new TreeMap<>());
    private final Map<String, Integer> refusals = Collections.synchronizedMap(new TreeMap<>());
    private final List<String> writes = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final HttpServer server;

    StubCluster() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(workers);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:%d".formatted(server.getAddress().getPort());
    }

    StubCluster object(String path, String yaml) throws IOException {
        objects.put(path, YAML.readTree(yaml));
        return this;
    }

    StubCluster without(String path) {
        objects.remove(path);
        return this;
    }

    /** The value of queries with that part; null: no result. */
    StubCluster query(String part, String value) {
        if (value == null) {
            queries.remove(part);
        } else {
            queries.put(part, value);
        }
        return this;
    }

    /** Answers readers of that path with this status. */
    StubCluster hide(String path, int status) {
        hidden.put(path, status);
        return this;
    }

    /** Answers writes of that path with this status. */
    StubCluster refuse(String path, int status) {
        refusals.put(path, status);
        return this;
    }

    JsonNode at(String path) {
        return objects.get(path);
    }

    /** What was written besides Leases: method, path and body. */
    List<String> writes() {
        return writes.stream().filter(write -> !write.contains("/leases")).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (path.equals(QUERY)) {
                say(exchange, 200, result(exchange.getRequestURI().getRawQuery()));
            } else if (exchange.getRequestMethod().equals("GET")) {
                JsonNode object = objects.get(path);
                say(
                        exchange,
                        hidden.getOrDefault(path, object == null ? 404 : 200),
                        object == null ? "{\"message\": \"none\"}" : object.toString());
            } else {
                write(exchange, path, new String(body, StandardCharsets.UTF_8));
            }
        }
    }

    private String result(String raw) {
        String query = URLDecoder.decode(raw.substring("query=".length()), StandardCharsets.UTF_8);
        return queries.entrySet().stream()
                .filter(entry -> query.contains(entry.getKey()))
                .findFirst()
                .map(entry -> "{\"status\":\"success\",\"data\":{\"result\":[{\"value\":[0,\"%s\"]}]}}"
                        .formatted(entry.getValue()))
                .orElse("{\"status\":\"success\",\"data\":{\"result\":[]}}");
    }

    private synchronized void write(HttpExchange exchange, String path, String body) throws IOException {
        JsonNode written = YAML.readTree(body);
        String asked = exchange.getRequestURI().toString();
        writes.add("%s %s %s".formatted(exchange.getRequestMethod(), asked, written));
        if (refusals.containsKey(path)) {
            say(exchange, refusals.get(path), "{\"message\": \"refused here\"}");
            return;
        }
        if (path.contains("/leases") && !lease(path, (ObjectNode) written)) {
            say(exchange, 409, "{\"message\": \"conflict\"}");
            return;
        }
        boolean trial = asked.contains("dryRun");
        if (exchange.getRequestMethod().equals("PATCH") && objects.containsKey(path) && !trial) {
            JsonNode spec = objects.get(path).path("spec");
            written.path("spec")
                    .properties()
                    .forEach(field -> ((ObjectNode) spec).set(field.getKey(), field.getValue()));
        }
        say(exchange, 200, "{}");
    }

    private boolean lease(String path, ObjectNode written) {
        if (path.endsWith("/leases")) {
            String made = "%s/%s".formatted(path, written.at("/metadata/name").asText());
            ((ObjectNode) written.path("metadata")).put("resourceVersion", "1");
            return objects.putIfAbsent(made, written) == null;
        }
        String now = objects.get(path).at("/metadata/resourceVersion").asText();
        if (!now.equals(written.at("/metadata/resourceVersion").asText())) {
            return false;
        }
        ((ObjectNode) written.path("metadata")).put("resourceVersion", Integer.toString(Integer.parseInt(now) + 1));
        objects.put(path, written);
        return true;
    }

    private static void say(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
