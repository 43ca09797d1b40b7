package io.meshwright.construct.observability.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Stands where Loki would, and keeps what a collector sends: the resource attributes and the text of each line. */
final class OtlpSink implements AutoCloseable {
    private final HttpServer server;
    private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonNode> spans = new LinkedBlockingQueue<>();
    private final CountDownLatch refused = new CountDownLatch(1);
    private volatile boolean ready = true;

    OtlpSink() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/otlp/v1/logs", exchange -> {
            if (!ready) {
                exchange.sendResponseHeaders(503, -1);
                exchange.close();
                refused.countDown();
                return;
            }
            read(new ObjectMapper().readTree(exchange.getRequestBody()));
            exchange.getResponseHeaders().add("content-type", "application/json");
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes());
            exchange.close();
        });
        server.createContext("/otlp/v1/traces", exchange -> {
            spans.add(new ObjectMapper().readTree(exchange.getRequestBody()));
            exchange.getResponseHeaders().add("content-type", "application/json");
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes());
            exchange.close();
        });
        server.start();
    }

    /** The next request with spans; waits for it at most a minute. */
    JsonNode spans() throws InterruptedException {
        return spans.poll(60, TimeUnit.SECONDS);
    }

    /** Answers as Loki does while it starts, until it is ready. */
    void ready(boolean ready) {
        this.ready = ready;
    }

    /** Whether somebody was refused; waits for it at most a minute. */
    boolean hasRefused() throws InterruptedException {
        return refused.await(60, TimeUnit.SECONDS);
    }

    /** A collector's configuration that sends here, in a form that a test can read. */
    String receiving(String config) {
        return config.replaceFirst("endpoint: http://loki[^\\n]*", """
        endpoint: http://127.0.0.1:%d/otlp
            encoding: json
            compression: none""".formatted(
                        server.getAddress().getPort()));
    }

    /** The next lines, as many as asked for; fewer when a minute has passed. */
    List<Line> take(int count) throws InterruptedException {
        List<Line> taken = new ArrayList<>();
        while (taken.size() < count) {
            Line line = lines.poll(60, TimeUnit.SECONDS);
            if (line == null) {
                return taken;
            }
            taken.add(line);
        }
        return taken;
    }

    private void read(JsonNode request) {
        for (JsonNode resource : request.path("resourceLogs")) {
            Map<String, String> labels = attributes(resource.at("/resource/attributes"));
            resource.path("scopeLogs")
                    .forEach(scope -> scope.path("logRecords")
                            .forEach(record -> lines.add(new Line(
                                    labels,
                                    attributes(record.path("attributes")),
                                    record.at("/body/stringValue").asText()))));
        }
    }

    private static Map<String, String> attributes(JsonNode list) {
        Map<String, String> attributes = new TreeMap<>();
        list.forEach(attribute -> attributes.put(
                attribute.path("key").asText(),
                attribute.at("/value/stringValue").asText()));
        return attributes;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** One line with the attributes that Loki could make labels of, and those that it keeps beside the line. */
    record Line(Map<String, String> resource, Map<String, String> attributes, String body) {}
}
