package io.meshwright.map.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meshwright.map.LiveMap;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves one map on the loopback address, to who names the token of this start: the page, the version of its manifests
 * and the way of a request; never a file. A page of another origin, or a name that leads here by DNS, gets nothing.
 */
public final class MapServer implements AutoCloseable {
    private static final int TOKEN_BYTES = 16;
    private static final int LONGEST_REQUEST = 4096;
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;
    private static final int FAILED = 500;
    private static final String HTML = "text/html; charset=utf-8";
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(2, MapServer::daemon);
    private final MapSource source;
    private final String token;
    private String version = "";
    private LiveMap map;

    private MapServer(HttpServer server, MapSource source, String version, LiveMap map) {
        this.server = server;
        this.source = source;
        this.version = version;
        this.map = map;
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        this.token = HexFormat.of().formatHex(random);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "map");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Reads the manifests and begins to serve.
     *
     * @param port 0 for any that is free
     * @throws IOException when the port is taken or the manifests cannot be read
     */
    public static MapServer start(int port, MapSource source) throws IOException {
        String version = source.version();
        LiveMap map = source.read();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        MapServer serving = new MapServer(server, source, version, map);
        server.createContext("/", serving::answer);
        server.setExecutor(serving.workers);
        server.start();
        return serving;
    }

    /** The address for a browser, with the token. */
    public String address() {
        return "http://127.0.0.1:%d/?token=%s".formatted(server.getAddress().getPort(), token);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!isOfHere(exchange)) {
                say(exchange, FORBIDDEN, TEXT, "ask 127.0.0.1 or localhost, from its own page");
            } else if (!holdsToken(exchange)) {
                say(
                        exchange,
                        FORBIDDEN,
                        TEXT,
                        "the token is missing or of another start; take the address that was printed");
            } else {
                served(exchange);
            }
        }
    }

    private void served(HttpExchange exchange) throws IOException {
        try {
            switch (exchange.getRequestURI().getPath()) {
                case "/" -> asked(exchange, "GET", () -> say(exchange, OK, HTML, page()));
                case "/version" -> asked(exchange, "GET", () -> say(exchange, OK, TEXT, source.version()));
                case "/trace" -> asked(exchange, "POST", () -> trace(exchange));
                default -> say(exchange, NOT_FOUND, TEXT, "there is the map only");
            }
        } catch (IOException | InvalidValue unreadable) {
            say(exchange, FAILED, TEXT, "the manifests cannot be read just now; look at them and load the page again");
        }
    }

    /** The work that is done for one path. */
    private interface Work {
        void run() throws IOException;
    }

    private static void asked(HttpExchange exchange, String method, Work work) throws IOException {
        if (exchange.getRequestMethod().equals(method)) {
            work.run();
        } else {
            say(exchange, METHOD_NOT_ALLOWED, TEXT, "use %s".formatted(method));
        }
    }

    private synchronized LiveMap newest() throws IOException {
        String now = source.version();
        if (!now.equals(version)) {
            map = source.read();
            version = now;
        }
        return map;
    }

    private synchronized String page() throws IOException {
        return newest().page(token, version);
    }

    private void trace(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_REQUEST + 1);
        if (body.length > LONGEST_REQUEST) {
            say(exchange, TOO_LARGE, TEXT, "request: is longer than %d bytes; shorten it".formatted(LONGEST_REQUEST));
            return;
        }
        try {
            say(
                    exchange,
                    OK,
                    JSON,
                    newest().follow(new String(body, StandardCharsets.UTF_8)).toString());
        } catch (InvalidValue wrong) {
            say(exchange, BAD_REQUEST, TEXT, wrong.getMessage());
        }
    }

    /** Names that DNS gives this address, and pages of others, are turned away. */
    private boolean isOfHere(HttpExchange exchange) {
        int port = server.getAddress().getPort();
        Set<String> hosts = Set.of("127.0.0.1:%d".formatted(port), "localhost:%d".formatted(port));
        String host = exchange.getRequestHeaders().getFirst("Host");
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        return host != null && hosts.contains(host) && (origin == null || origin.equals("http://".concat(host)));
    }

    private boolean holdsToken(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        return query != null
                && MessageDigest.isEqual(
                        query.getBytes(StandardCharsets.UTF_8),
                        "token=".concat(token).getBytes(StandardCharsets.UTF_8));
    }

    private static void say(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
