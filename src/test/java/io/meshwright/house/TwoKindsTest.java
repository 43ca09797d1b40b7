package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.Fixtures;
import io.meshwright.environment.Environment;
import io.meshwright.environment.MergedYaml;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Reading;
import io.meshwright.trace.Trace;
import io.meshwright.trace.answer.Handling;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.report.RequestTable;
import io.meshwright.trace.request.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Environments that are written for Istio's kinds, with the Gateway API's instead: what it cannot say is refused by its
 * key, and without that each request of their tables ends by the one as by the other.
 */
class TwoKindsTest {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES, YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();
    private static final Path FOLDER = Path.of("test/resources");
    private static final String GATEWAY_API = "{gateway: {api: gateway.networking.k8s.io}}";

    /**
     * An environment.
     *
     * @param refused keys that the Gateway API has no words for
     * @param without JSON pointers of those that go
     * @param instead what stands in their place
     */
    private record Case(
            String name, String file, Path table, List<String> refused, List<String> without, String instead) {
        String sayable() {
            try {
                JsonNode tree = YAML.readTree(file);
                without.forEach(key -> remove(tree, JsonPointer.compile(key)));
                return MergedYaml.of(YAML.writeValueAsString(tree), instead);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void remove(JsonNode tree, JsonPointer key) {
            JsonNode owner = tree.at(key.head());
            assertThat(tree.at(key).isMissingNode()).as(key.toString()).isFalse();
            if (owner instanceof ArrayNode list) {
                list.remove(key.last().getMatchingIndex());
            } else {
                ((ObjectNode) owner).remove(key.last().getMatchingProperty());
            }
        }
    }

    private static List<Case> cases() {
        return List.of(
                new Case(
                        "azure",
                        Fixtures.file("azure"),
                        FOLDER.resolve("trace/azure.yaml"),
                        List.of(
                                "gateway.namespace",
                                "gateway.listeners[0].hosts",
                                "gateway.hosts[\"oauth.buildingbite.com\"].actuator",
                                "gateway.hosts[\"oauth.buildingbite.com\"].cors",
                                "services.sangsang-plus-gateway.routes[0].stream",
                                "services.sangsang-plus-gateway.routes[1].retries",
                                "services.keycloak.routes[0].retries",
                                "services.keycloak.routes[1].retries",
                                "services.keycloak.routes[2].retries",
                                "services.frontend.routes[0].retries",
                                "services.frontend.routes[1].retries"),
                        List.of("/gateway/hosts/oauth.buildingbite.com/cors"),
                        """
                            gateway:
                              namespace: istio-system
                              listeners:
                                - {port: 443, protocol: HTTPS, hosts: [oauth.buildingbite.com], tls: {credentialName: oauth, source: externalSecret}}
                                - {port: 443, protocol: HTTPS, hosts: [buildingbite.com], tls: {credentialName: front, source: externalSecret}}
                                - {port: 443, protocol: HTTPS, hosts: [app.buildingbite.com], tls: {credentialName: app, source: externalSecret}}
                                - {port: 443, protocol: HTTPS, hosts: [monitoring.buildingbite.com], tls: {credentialName: tools, source: externalSecret}}
                              hosts: {oauth.buildingbite.com: {actuator: open}}
                            resilience: {retries: {attempts: 0}}
                            services:
                              sangsang-plus-gateway:
                                resilience: {retries: {attempts: 0}}
                                routes:
                                  - {host: oauth.buildingbite.com, prefix: /api/management/chat, timeout: 0s}
                                  - {host: oauth.buildingbite.com, prefix: /}
                            """),
                new Case(
                        "egov",
                        Fixtures.file("egov"),
                        FOLDER.resolve("trace/egov.yaml"),
                        List.of("gateway.hosts.*.actuator", "services.egov-hello.routes[0].retries"),
                        List.of(),
                        """
                            gateway: {hosts: {"*": {actuator: open}}}
                            services: {egov-hello: {resilience: {retries: {attempts: 0}}}}
                            """),
                new Case(
                        "homelab",
                        Fixtures.file("homelab"),
                        FOLDER.resolve("trace/homelab.yaml"),
                        List.of(
                                "gateway.hosts[\"blog.jiminhome.shop\"].actuator",
                                "gateway.namespace",
                                "services.web-service.release",
                                "services.web-service.routes[0].retries",
                                "services.web-service.routes[1].retries"),
                        List.of("/services/web-service/release"),
                        """
                            gateway: {namespace: istio-system, hosts: {blog.jiminhome.shop: {actuator: open}}}
                            resilience: {retries: {attempts: 0}}
                            """),
                new Case(
                        "edges",
                        over("edges"),
                        FOLDER.resolve("trace/edges.yaml"),
                        List.of(
                                "gateway.namespace",
                                "gateway.listeners[3].hosts",
                                "gateway.listeners[3].tls.mode",
                                "gateway.listeners[4].protocol",
                                "gateway.listeners[5].protocol",
                                "gateway.listeners[6].protocol",
                                "services.web.routes[0].retries",
                                "services.web.routes[1].retries",
                                "services.api.routes[0].retries"),
                        List.of(),
                        """
                            resilience: {retries: {attempts: 0}}
                            gateway:
                              namespace: istio-system
                              listeners:
                                - {port: 80, protocol: HTTP, hosts: ["*.example.org", shop.example.com], redirectToHttps: true}
                                - {port: 443, protocol: HTTPS, hosts: ["*.example.org"], tls: {credentialName: org, source: certManager}}
                                - {port: 443, protocol: HTTPS, hosts: [shop.example.com], tls: {credentialName: com, source: certManager, issuer: partners-ca}}
                            gateways:
                              others:
                                namespace: shop
                                address: 192.168.1.203
                                listeners:
                                  - {port: 443, protocol: HTTPS, hosts: [admin.example.org], tls: {credentialName: admin, mode: MUTUAL, source: certManager}}
                                  - {port: 443, protocol: TLS, hosts: [db.example.org]}
                            services:
                              api: {allowFrom: [web, others], routes: [{host: admin.example.org, prefix: /, gateways: [others]}]}
                              db: {allowFrom: [others], connections: [{host: db.example.org, gateways: [others]}]}
                            """),
                new Case(
                        "guards",
                        over("guards"),
                        FOLDER.resolve("environments/guards-requests.yaml"),
                        List.of(
                                "gateway.namespace",
                                "gateway.hosts[\"web.example.org\"].maxRequestBytes",
                                "gateway.hosts[\"closed.example.org\"].maintenance",
                                "gateway.hosts[\"guarded.example.org\"].cors",
                                "services.web.routes[0].retries",
                                "services.web.routes[1].retries",
                                "services.web.routes[2].stream",
                                "services.web.routes[3].retries",
                                "services.web.routes[4].retries",
                                "services.web.routes[4].maxRequestBytes",
                                "services.web.routes[5].retries",
                                "services.web.routes[5].maintenance",
                                "services.web.routes[6].retries",
                                "services.web.routes[7].retries",
                                "services.web.routes[8].retries",
                                "services.api.routes[0].retries",
                                "services.login.routes[0].retries"),
                        List.of(
                                "/gateway/hosts/web.example.org/maxRequestBytes",
                                "/gateway/hosts/closed.example.org",
                                "/gateway/hosts/guarded.example.org/cors"),
                        """
                            gateway: {namespace: istio-system}
                            resilience: {retries: {attempts: 0}}
                            services:
                              web:
                                routes:
                                  - {host: web.example.org, prefix: /}
                                  - {host: web.example.org, prefix: /embed, securityHeaders: {contentSecurityPolicy: none, frameOptions: DENY}}
                                  - {host: web.example.org, prefix: /live, timeout: 0s}
                                  - {host: web.example.org, prefix: /photos}
                                  - {host: web.example.org, prefix: /shop, match: {methods: [POST]}}
                                  - {host: plain.example.net, prefix: /}
                                  - {host: closed.example.org, prefix: /}
                                  - {host: guarded.example.org, prefix: /}
                            """));
    }

    @TestFactory
    Stream<DynamicTest> what_cannot_be_said_is_refused_by_its_key() {
        return cases().stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.name(), () -> assertThat(refusals(each.file())).isEqualTo(each.refused())));
    }

    @TestFactory
    Stream<DynamicTest> all_else_ends_as_by_istios_kinds() {
        return cases().stream().flatMap(each -> {
            String file = each.sayable();
            Trace istio = trace(file);
            Trace other = trace(MergedYaml.of(file, GATEWAY_API));
            // HTTPRoutes refuse nothing by themselves: docs/reach.md.
            return RequestTable.read(each.table()).stream()
                    .filter(row -> !end(istio, row.request()).contains("dot-segments-refused"))
                    .map(row -> DynamicTest.dynamicTest(
                            "%s: %s".formatted(each.name(), row),
                            () -> assertThat(end(other, row.request())).isEqualTo(end(istio, row.request()))));
        });
    }

    /** What its client, its service and its service's owner see of a request. */
    private static String end(Trace trace, Request request) {
        io.meshwright.trace.answer.Path path = trace.follow(request);
        if (path.verdict() instanceof Verdict.Answered answered && answered.status() == 301) {
            // Istio's listener redirects before any route, to the same address.
            return answered.why().equals("redirected to https")
                    ? "301 redirected to %s".formatted(request.toString().replaceFirst("^\\S+ http:", "https:"))
                    : "301 ".concat(answered.why());
        }
        return "%s, %s"
                .formatted(
                        end(path.verdict()),
                        path.handlings().stream().map(TwoKindsTest::end).toList());
    }

    private static String end(Verdict verdict) {
        if (verdict instanceof Verdict.Answered answered) {
            return "%d %s".formatted(answered.status(), answered.flag());
        }
        return verdict instanceof Verdict.Closed closed ? "closed %s".formatted(closed.flag()) : verdict.toString();
    }

    private static String end(Handling handling) {
        return String.join(
                " ",
                handling.name(),
                handling.timeout().orElse("-"),
                // Calls that no route shapes are tried once, where Istio alone would try them thrice:
                // docs/environments.md.
                handling.route().isEmpty() || handling.retries().attempts() == 0
                        ? "-"
                        : handling.retries().toString(),
                handling.allowOrigin().orElse("-"),
                handling.authority(),
                handling.path(),
                handling.mirrors().toString(),
                handling.responseHeaders().toString());
    }

    private static List<String> refusals(String file) {
        Reading<Environment> reading = EnvironmentReader.read(
                "file.yaml", MergedYaml.of(file, GATEWAY_API).getBytes(StandardCharsets.UTF_8));
        return ((Reading.Refused<Environment>) reading)
                .problems().stream()
                        .map(problem -> problem.toString().replaceFirst("^file.yaml:\\d+:\\d+ ([^:]+): .*", "$1"))
                        .toList();
    }

    private static Trace trace(String file) {
        try {
            return Trace.of(Rendering.mesh(Rendering.objects(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String over(String fixture) {
        return MergedYaml.of(
                text(FOLDER.resolve("agreement/base.yaml")),
                text(FOLDER.resolve("environments/%s.yaml".formatted(fixture))));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
