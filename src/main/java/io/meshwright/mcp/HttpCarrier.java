package io.meshwright.mcp;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meshwright.web.Token;
import io.modelcontextprotocol.server.transport.DefaultServerTransportSecurityValidator;
import io.modelcontextprotocol.server.transport.HeaderAccessor;
import io.modelcontextprotocol.server.transport.ServerTransportSecurityException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Carries messages over HTTP on the loopback address, as the protocol's streamable HTTP without streams and sessions: a
 * POST for each message. A page of another origin, a name that DNS leads here, and who has no token get nothing.
 */
final class HttpCarrier implements AutoCloseable {
    private static final String PATH = "/mcp";
    private static final int WORKERS = 4;
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;
    private static final String JSON = "application/json";
    private static final String VERSION = "MCP-Protocol-Version";

    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, HttpCarrier::daemon);
    private final Protocol protocol;
    private final Token token;
    private final DefaultServerTransportSecurityValidator validator;

    private HttpCarrier(HttpServer server, Protocol protocol, Token token) {
        this.server = server;
        this.protocol = protocol;
        this.token = token;
        int port = server.getAddress().getPort();
        DefaultServerTransportSecurityValidator.Builder names = DefaultServerTransportSecurityValidator.builder();
        for (String name : List.of("127.0.0.1", "localhost")) {
            String host = "%s:%d".formatted(name, port);
            names.allowedHost(host).allowedOrigin("http://".concat(host));
        }
        this.validator = names.build();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "mcp-http");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Begins to serve.
     *
     * @param port 0 for any that is free
     * @throws IOException when the port is taken
     */
    static HttpCarrier start(int port, Protocol protocol, Token token) throws IOException {
        // Who begins a request and does not end it would hold a worker; the JDK's server waits for ever by default.
        System.setProperty("sun.net.httpserver.maxReqTime", "30");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        HttpCarrier carrier = new HttpCarrier(server, protocol, token);
        server.createContext("/", carrier::answer);
        server.setExecutor(carrier.workers);
        server.start();
        return carrier;
    }

    /** Returns the address that a client asks. */
    String address() {
        return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), PATH);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers = exchange.getRequestHeaders();
            Optional<Refusal> refusal =
                    refusal(exchange.getRequestURI().getRawPath(), exchange.getRequestMethod(), headers);
            if (refusal.isPresent()) {
                refuse(exchange, refusal.get());
                return;
            }
            byte[] body = exchange.getRequestBody().readNBytes(Protocol.LONGEST + 1);
            if (body.length > Protocol.LONGEST) {
                refuse(
                        exchange,
                        new Refusal(TOO_LARGE, "the message is longer than %d bytes".formatted(Protocol.LONGEST)));
                return;
            }
            Answer answer = protocol.answer(new String(body, StandardCharsets.UTF_8));
            if (answer.text().isPresent()) {
                say(
                        exchange,
                        answer.isOfMessage() ? OK : BAD_REQUEST,
                        JSON,
                        answer.text().get());
            } else {
                exchange.sendResponseHeaders(ACCEPTED, -1);
            }
        }
    }

    private static HeaderAccessor accessor(Headers headers) {
        return new HeaderAccessor() {
            @Override
            public List<String> getHeader(String name) {
                return headers.getOrDefault(name, List.of());
            }

            @Override
            public List<String> getHeaderNames() {
                return List.copyOf(headers.keySet());
            }
        };
    }

    private record Refusal(int status, String why) {}

    private Optional<Refusal> refusal(String path, String method, Headers headers) {
        try {
            for (String name : List.of("Host", "Origin")) {
                // The validator looks at the first of several.
                if (headers.getOrDefault(name, List.of()).size() > 1) {
                    return Optional.of(new Refusal(BAD_REQUEST, "%s stands there twice".formatted(name)));
                }
            }
            validator.validate(accessor(headers));
        } catch (ServerTransportSecurityException stranger) {
            return Optional.of(new Refusal(stranger.getStatusCode(), "ask 127.0.0.1 or localhost, from no other page"));
        }
        if (!token.isShown(headers.get("Authorization"))) {
            return Optional.of(new Refusal(UNAUTHORIZED, "show the token of this start: Authorization: Bearer TOKEN"));
        }
        if (!path.equals(PATH)) {
            return Optional.of(new Refusal(NOT_FOUND, "there is %s only".formatted(PATH)));
        }
        if (!method.equals("POST")) {
            return Optional.of(new Refusal(METHOD_NOT_ALLOWED, "use POST; there are no streams and no sessions"));
        }
        String type = headers.getOrDefault("Content-Type", List.of("")).get(0);
        if (!type.split(";", 2)[0].strip().equalsIgnoreCase(JSON)) {
            return Optional.of(new Refusal(UNSUPPORTED_MEDIA_TYPE, "send %s".formatted(JSON)));
        }
        String version = headers.getOrDefault(VERSION, List.of("")).get(0);
        if (!version.isEmpty() && !protocol.protocolVersions().contains(version)) {
            return Optional.of(new Refusal(
                    BAD_REQUEST,
                    "%s: use one of %s".formatted(VERSION, String.join(", ", protocol.protocolVersions()))));
        }
        return Optional.empty();
    }

    private static void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
        if (refusal.status() == UNAUTHORIZED) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        } else if (refusal.status() == METHOD_NOT_ALLOWED) {
            exchange.getResponseHeaders().set("Allow", "POST");
        }
        say(exchange, refusal.status(), "text/plain; charset=utf-8", refusal.why());
    }

    private static void say(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
