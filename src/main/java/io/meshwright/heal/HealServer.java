package io.meshwright.heal;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.meshwright.value.InvalidValue;
import io.meshwright.web.Token;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * Takes Alertmanager's webhooks. It ends mutual TLS itself, or the proxy of its pod does and says whose certificate it
 * saw; who is not Alertmanager, or does not show the token, gets nothing.
 */
final class HealServer implements AutoCloseable {
    /** Written by the proxy of the pod; the last element is its own, those before it came with the request. */
    private static final String CERTIFICATE = "X-Forwarded-Client-Cert";

    private static final Pattern CALLER = Pattern.compile("(?:^|;)URI=\"?([^;,\"]*)\"?(?:;|$)");
    private static final String PATH = "/alerts";
    private static final String HEALTH = "/healthz";
    private static final int WORKERS = 2;
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;

    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, HealServer::daemon);
    private final Healer healer;
    private final String caller;
    private final Token token;
    private final Consumer<String> log;

    private HealServer(HttpServer server, Healer healer, String caller, Token token, Consumer<String> log) {
        this.server = server;
        this.healer = healer;
        this.caller = caller;
        this.token = token;
        this.log = log;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "heal");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Begins to serve.
     *
     * @param address where; port 0 for any that is free
     * @param tls of its own; empty: a proxy in front ends it
     * @param log takes one line for each outcome and refusal
     * @throws IOException when the port is taken
     */
    static HealServer start(
            InetSocketAddress address,
            Optional<SSLContext> tls,
            Healer healer,
            String caller,
            Token token,
            Consumer<String> log)
            throws IOException {
        // Who begins a request and does not end it would hold a worker; the JDK's server waits for ever by default.
        System.setProperty("sun.net.httpserver.maxReqTime", "30");
        HttpServer server = tls.isEmpty() ? HttpServer.create(address, 0) : secure(address, tls.get());
        HealServer serving = new HealServer(server, healer, caller, token, log);
        server.createContext("/", serving::answer);
        server.setExecutor(serving.workers);
        server.start();
        return serving;
    }

    private static HttpServer secure(InetSocketAddress address, SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters asked = tls.getDefaultSSLParameters();
                asked.setNeedClientAuth(true);
                parameters.setSSLParameters(asked);
            }
        });
        return server;
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            if (path.equals(HEALTH) && exchange.getRequestMethod().equals("GET")) {
                say(exchange, OK, "ok");
                return;
            }
            Optional<Refusal> refusal = refusal(exchange, path, exchange.getRequestMethod());
            if (refusal.isPresent()) {
                log.accept("refused %d: %s"
                        .formatted(refusal.get().status(), refusal.get().why()));
                say(exchange, refusal.get().status(), refusal.get().why());
                return;
            }
            byte[] body = exchange.getRequestBody().readNBytes(FiredAlert.LONGEST + 1);
            if (body.length > FiredAlert.LONGEST) {
                say(exchange, TOO_LARGE, "the webhook is longer than %d bytes".formatted(FiredAlert.LONGEST));
                return;
            }
            alerts(exchange, body);
        }
    }

    private void alerts(HttpExchange exchange, byte[] body) throws IOException {
        try {
            List<String> lines =
                    healer.heal(FiredAlert.of(body)).stream().map(Outcome::line).toList();
            lines.forEach(log);
            say(exchange, OK, String.join("\n", lines));
        } catch (InvalidValue wrong) {
            log.accept("refused %d: %s".formatted(BAD_REQUEST, wrong.getMessage()));
            say(exchange, BAD_REQUEST, wrong.getMessage());
        }
    }

    private record Refusal(int status, String why) {}

    private Optional<Refusal> refusal(HttpExchange exchange, String path, String method) {
        if (!path.equals(PATH)) {
            return Optional.of(new Refusal(NOT_FOUND, "there is %s only".formatted(PATH)));
        }
        if (!method.equals("POST")) {
            return Optional.of(new Refusal(METHOD_NOT_ALLOWED, "use POST"));
        }
        if (!caller.equals(caller(exchange))) {
            return Optional.of(new Refusal(FORBIDDEN, "the caller's certificate is not that of %s".formatted(caller)));
        }
        if (!token.isShown(exchange.getRequestHeaders().get("Authorization"))) {
            return Optional.of(new Refusal(UNAUTHORIZED, "show the token: Authorization: Bearer TOKEN"));
        }
        return Optional.empty();
    }

    /** Returns the identity that TLS proves, here or at the pod's own proxy; empty where nothing proves one. */
    private static String caller(HttpExchange exchange) {
        return exchange instanceof HttpsExchange secure
                ? MutualTls.identity(secure.getSSLSession()).orElse("")
                : ofProxy(exchange.getRequestHeaders());
    }

    private static String ofProxy(Headers headers) {
        List<String> given = headers.getOrDefault(CERTIFICATE, List.of());
        if (given.isEmpty()) {
            return "";
        }
        String last = given.get(given.size() - 1);
        Matcher uri = CALLER.matcher(last.substring(last.lastIndexOf(',') + 1));
        return uri.find() ? uri.group(1) : "";
    }

    private static void say(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
