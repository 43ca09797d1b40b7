package io.meshwright.map.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.check.Findings;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.map.LiveMap;
import io.meshwright.mesh.Mesh;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server of a map gives to whom; asked over a plain socket, which may say anything. */
class MapServerTest {
    private final Changing source = new Changing();
    private MapServer server;
    private URI address;

    @BeforeEach
    void starts() throws IOException {
        server = MapServer.start(0, source);
        address = URI.create(server.address());
    }

    @AfterEach
    void ends() {
        server.close();
    }

    @Test
    void sends_the_page_which_may_ask_nobody_but_it() {
        assertThat(get("/?" + address.getQuery()))
                .startsWith("HTTP/1.1 200")
                .contains("connect-src 'self'", "<title>Map of shop</title>", "X-content-type-options: nosniff");
    }

    @Test
    void follows_any_request_and_tells_what_is_none() {
        assertThat(post("/trace", "GET http://web.shop.svc.cluster.local/any from shop/web"))
                .startsWith("HTTP/1.1 200")
                .contains("\"request\":\"GET http://web.shop.svc.cluster.local/any from shop/web\"", "\"lines\":[");
        assertThat(post("/trace", "GET ftp:/ nothing at all"))
                .startsWith("HTTP/1.1 400")
                .contains("is none");
        assertThat(post("/trace", "http://web.shop.svc.cluster.local/ from shop/nobody"))
                .startsWith("HTTP/1.1 400");
        assertThat(post("/trace", "x".repeat(5000))).startsWith("HTTP/1.1 413");
    }

    @Test
    void draws_anew_what_has_changed_and_outlives_manifests_that_cannot_be_read() {
        String query = "?" + address.getQuery();
        assertThat(get("/version" + query)).endsWith("one");
        source.version = "two";
        source.service = "other";

        assertThat(get("/version" + query)).endsWith("two");
        assertThat(get("/" + query)).contains("service other.shop.svc.cluster.local");
        source.version = "three";
        source.service = "";
        assertThat(get("/" + query)).startsWith("HTTP/1.1 500").contains("cannot be read just now");
        source.service = "web";
        assertThat(get("/" + query)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:80", ""})
    void turns_away_other_hosts(String host) {
        assertThat(ask("GET /?%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                        .formatted(address.getQuery(), host)))
                .startsWith("HTTP/1.1 403")
                .doesNotContain("<title>");
    }

    @Test
    void turns_away_other_origins_tokens_methods_and_paths() {
        assertThat(ask(
                        "POST /trace?%s HTTP/1.1\r\nHost: %s\r\nOrigin: http://evil.example\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                .formatted(address.getQuery(), address.getAuthority())))
                .startsWith("HTTP/1.1 403");
        assertThat(get("/")).startsWith("HTTP/1.1 403");
        assertThat(get("/?token=0123")).startsWith("HTTP/1.1 403");
        assertThat(get("/?%s&x=y".formatted(address.getQuery()))).startsWith("HTTP/1.1 403");
        assertThat(get("/trace?" + address.getQuery())).startsWith("HTTP/1.1 405");
        for (String path : List.of("/etc/passwd", "/../pom.xml", "/%2e%2e/pom.xml", "/map.js")) {
            assertThat(get("%s?%s".formatted(path, address.getQuery()))).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void is_heard_on_the_loopback_address_only_and_each_start_has_its_own_token() throws IOException {
        assertThat(InetAddress.getByName(address.getHost()).isLoopbackAddress()).isTrue();
        try (MapServer other = MapServer.start(0, source)) {
            assertThat(URI.create(other.address()).getQuery())
                    .matches("token=[0-9a-f]{32}")
                    .isNotEqualTo(address.getQuery());
        }
    }

    private String get(String path) {
        return ask("GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, address.getAuthority()));
    }

    private String post(String path, String body) {
        return ask(
                "POST %s?%s HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                        .formatted(
                                path,
                                address.getQuery(),
                                address.getAuthority(),
                                address.getAuthority(),
                                body.length(),
                                body));
    }

    private String ask(String request) {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One Service, whose name a test changes; without a name the manifests cannot be read. */
    private static final class Changing implements MapSource {
        private volatile String version = "one";
        private volatile String service = "web";

        @Override
        public String version() {
            return version;
        }

        @Override
        public LiveMap read() throws IOException {
            if (service.isEmpty()) {
                throw new IOException("gone");
            }
            String text = """
                    apiVersion: v1
                    kind: Service
                    metadata: {name: %s, namespace: shop}
                    spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: web, namespace: shop}
                    spec:
                      selector: {matchLabels: {app: web}}
                      template:
                        metadata: {labels: {app: web, sidecar.istio.io/inject: "true"}}
                        spec: {containers: [{name: app, image: app}]}
                    """.formatted(service);
            return new LiveMap(
                    "shop",
                    Mesh.of(ManifestReader.of("shop.yaml", text).manifests()),
                    new Findings(List.of()),
                    List.of());
        }
    }
}
