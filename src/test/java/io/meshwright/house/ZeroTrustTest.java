package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.Fixtures;
import io.meshwright.environment.Parties;
import io.meshwright.environment.Service;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.policy.AuthorizationVerdict.Result;
import io.meshwright.mesh.policy.Call;
import io.meshwright.mesh.policy.TlsOutcome;
import io.meshwright.mesh.terms.Attribute;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Selector;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.trace.answer.Handling;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.value.Host;
import io.meshwright.value.HttpMethod;
import io.meshwright.value.Name;
import io.meshwright.value.security.Caller;
import io.meshwright.value.security.Connection;
import io.meshwright.value.security.Jwt;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.PathPattern;
import io.meshwright.value.traffic.Cors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Who reaches what, on every committed environment and on some with more protection than theirs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ZeroTrustTest {
    private static final String FOREIGN = "https://foreign.example";
    private final Map<String, Synthesized> platforms = platforms();

    private static Map<String, Synthesized> platforms() {
        Map<String, Synthesized> platforms = new LinkedHashMap<>();
        Fixtures.names().forEach(name -> platforms.put(name, Synthesized.fixture(name)));
        for (String variant : List.of("azure-egress-gateway", "azure-tokens", "homelab-strict")) {
            platforms.put(variant, Synthesized.variant(variant.substring(0, variant.indexOf('-')), variant));
        }
        return platforms;
    }

    private Stream<DynamicTest> everywhere(BiFunction<String, Synthesized, Stream<DynamicTest>> tests) {
        return platforms.entrySet().stream().flatMap(entry -> tests.apply(entry.getKey(), entry.getValue()));
    }

    @TestFactory
    Stream<DynamicTest> declared_callers_are_admitted_and_all_others_denied() {
        return everywhere((name, platform) -> platform.environment().services().entrySet().stream()
                .flatMap(entry -> clients(platform, entry.getKey())
                        .map(client -> DynamicTest.dynamicTest(
                                "%s: %s > %s".formatted(name, client, entry.getKey()),
                                () -> meets(
                                        platform,
                                        client,
                                        entry.getKey(),
                                        isDeclared(platform, client, entry.getValue()))))));
    }

    /** Every workload of the cluster but the service's own: the gateways, the other services, the tools. */
    private static Stream<Pod> clients(Synthesized platform, Name service) {
        List<Pod> own = pods(platform, service);
        return platform.mesh().pods().all().stream().filter(pod -> !own.contains(pod));
    }

    private static List<Pod> pods(Synthesized platform, Name service) {
        return platform.mesh().services().pods(service(platform, service));
    }

    private static io.meshwright.mesh.workload.Service service(Synthesized platform, Name name) {
        String namespace =
                platform.environment().services().get(name).namespace().toString();
        return platform.mesh().services().kubernetes(namespace, name.toString()).orElseThrow();
    }

    private static boolean isDeclared(Synthesized platform, Pod client, Service service) {
        return service.allowFrom().stream().anyMatch(caller -> is(platform, client, caller));
    }

    private static boolean is(Synthesized platform, Pod client, Caller caller) {
        return caller.isGateway()
                ? client.toString().equals("istio-system/istio-ingressgateway")
                : pods(platform, caller.from()).contains(client);
    }

    private static void meets(Synthesized platform, Pod client, Name name, boolean declared) {
        io.meshwright.mesh.workload.Service service = service(platform, name);
        assertThat(pods(platform, name)).isNotEmpty();
        assertThat(service.ports()).isNotEmpty();
        for (Pod server : platform.mesh().services().pods(service)) {
            for (ServicePort port : service.ports()) {
                int target = port.on(server).orElseThrow();
                assertThat(platform.mesh()
                                .networkPolicies()
                                .between(client, server, target)
                                .admitted()
                                .isYes())
                        .as("NetworkPolicies")
                        .isEqualTo(declared);
                TlsOutcome tls = platform.mesh().clientTls().outcome(client, service, port, Optional.empty(), server);
                if (tls instanceof TlsOutcome.Mutual) {
                    assertThat(platform.mesh()
                                    .authorizationPolicies()
                                    .evaluate(server, call(client, target))
                                    .result())
                            .as("AuthorizationPolicies")
                            .isEqualTo(declared ? Result.ALLOW : Result.DENY);
                }
                if (!client.proxy().isGateway()) {
                    assertThat(call(platform, client, service, port).isDelivered())
                            .as("the call")
                            .isEqualTo(declared);
                }
            }
        }
    }

    private static Call call(Pod client, int port) {
        return Call.to(port)
                .from(Attribute.known(
                        "cluster.local/ns/%s/sa/%s".formatted(client.namespace(), client.serviceAccount())));
    }

    private static Verdict call(
            Synthesized platform, Pod client, io.meshwright.mesh.workload.Service service, ServicePort port) {
        String scheme = port.protocol().isHttp() ? "http" : "tcp";
        return platform.trace()
                .request("GET", "%s://%s:%d/".formatted(scheme, service.host(), port.number()))
                .from("%s/%s".formatted(client.namespace(), client.name()))
                .verdict();
    }

    /** What the posture page says of a call, from the environment file, is what the manifests make of it. */
    @TestFactory
    Stream<DynamicTest> the_plan_of_mutual_tls_is_what_the_manifests_do() {
        return everywhere((name, platform) -> {
            Parties parties = new Parties(platform.environment());
            return parties.services().keySet().stream()
                    .flatMap(server -> parties.services().keySet().stream()
                            .filter(client -> !client.equals(server))
                            .map(client -> DynamicTest.dynamicTest(
                                    "%s: %s > %s".formatted(name, client, server),
                                    () -> agree(platform, parties, client, server))));
        });
    }

    private static void agree(Synthesized platform, Parties parties, Name client, Name server) {
        Party called = parties.service(server);
        for (int i = 0; i < called.ports().size(); i++) {
            Connection.Outcome planned = parties.mtls()
                    .connection(parties.service(client), called, called.ports().get(i))
                    .outcome();
            ServicePort port = service(platform, server).ports().get(i);
            TlsOutcome real = platform.mesh()
                    .clientTls()
                    .outcome(
                            pods(platform, client).get(0),
                            service(platform, server),
                            port,
                            Optional.empty(),
                            pods(platform, server).get(0));
            assertThat(real)
                    .isInstanceOf(
                            switch (planned) {
                                case MUTUAL_TLS -> TlsOutcome.Mutual.class;
                                case PLAINTEXT -> TlsOutcome.Plain.class;
                                case BROKEN -> TlsOutcome.Broken.class;
                            });
        }
    }

    @TestFactory
    Stream<DynamicTest> browsers_of_allowed_origins_may_ask_and_those_of_others_may_not() {
        return everywhere((name, platform) -> platform.environment().gateway().hosts().entrySet().stream()
                .filter(host -> host.getValue().cors() != null)
                .flatMap(host -> paths(platform, host.getKey())
                        .flatMap(path -> Stream.concat(
                                host.getValue().cors().allowOrigins().stream()
                                        .flatMap(origin -> methods(
                                                        host.getValue().cors())
                                                .map(method -> DynamicTest.dynamicTest(
                                                        "%s: %s %s%s of %s"
                                                                .formatted(name, method, host.getKey(), path, origin),
                                                        () -> assertThat(preflight(
                                                                        platform, host.getKey(), path, method, origin))
                                                                .isEqualTo("200 " + origin)))),
                                Stream.of(DynamicTest.dynamicTest(
                                        "%s: %s%s of %s".formatted(name, host.getKey(), path, FOREIGN),
                                        () -> assertThat(preflight(platform, host.getKey(), path, "POST", FOREIGN))
                                                .endsWith(" none")))))));
    }

    /** Below every prefix that leads somewhere, those that need a token or an address included. */
    private static Stream<String> paths(Synthesized platform, Host host) {
        return platform.environment().services().values().stream()
                .flatMap(service -> service.routes().stream())
                .filter(route -> route.host().equals(host))
                .map(route -> route.prefix())
                .map(prefix -> prefix.endsWith("/") ? prefix + "x" : prefix + "/x")
                .distinct()
                .sorted();
    }

    private static Stream<String> methods(Cors cors) {
        return cors.allowMethods().stream().map(HttpMethod::name);
    }

    private static String preflight(Synthesized platform, Host host, String path, String method, String origin) {
        Path answer = platform.trace()
                .request(method, "https://%s%s".formatted(host, path))
                .header("origin", origin)
                .header("authorization", "Bearer x")
                .clientIp("198.51.100.7")
                .preflight()
                .path();
        String status = answer.verdict() instanceof Verdict.Answered answered
                ? Integer.toString(answered.status())
                : answer.verdict().summary();
        return "%s %s"
                .formatted(
                        status, answer.handling().flatMap(Handling::allowOrigin).orElse("none"));
    }

    @TestFactory
    Stream<DynamicTest> protected_paths_need_a_good_token() {
        return platforms.get("azure-tokens").environment().gateway().hosts().entrySet().stream()
                .filter(host -> host.getValue().jwt() != null)
                .flatMap(host -> {
                    Jwt jwt = host.getValue().jwt();
                    return jwt.protectedPaths().stream()
                            .map(PathPattern::toString)
                            .map(path -> path.replace("*", "users/1"))
                            .flatMap(path -> Stream.of("GET", "POST", "OPTIONS")
                                    .map(method -> DynamicTest.dynamicTest(
                                            "%s %s%s".formatted(method, host.getKey(), path),
                                            () -> guarded(host.getKey(), method, path, jwt))));
                });
    }

    private void guarded(Host host, String method, String path, Jwt jwt) {
        ObjectNode good = JsonNodeFactory.instance
                .objectNode()
                .put("iss", jwt.issuer().toString())
                .put("aud", jwt.audiences().get(0))
                .put("sub", "7");

        assertThat(ask(host, method, path, null)).as("without a token").startsWith("answered 403 RBAC");
        assertThat(ask(host, method, path, good)).as("with a good one").startsWith("delivered");
        assertThat(ask(host, method, path, good.deepCopy().put("iss", FOREIGN)))
                .as("of another issuer")
                .startsWith("answered 401");
        assertThat(ask(host, method, path, good.deepCopy().put("aud", "other")))
                .as("for others")
                .startsWith("answered 403");
    }

    @TestFactory
    Stream<DynamicTest> public_paths_need_none_but_take_no_bad_one() {
        return Stream.of("/api/public/news", "/api/public", "/api/users/signup", "/realms/sangsang", "/")
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    Host host = Host.of("oauth.buildingbite.com");
                    assertThat(ask(host, "GET", path, null)).startsWith("delivered");
                    assertThat(ask(
                                    host,
                                    "GET",
                                    path,
                                    JsonNodeFactory.instance.objectNode().put("iss", FOREIGN)))
                            .startsWith("answered 401");
                }));
    }

    @TestFactory
    Stream<DynamicTest> near_misses_of_public_paths_are_protected() {
        return Stream.of("/api/publicity", "/api/users/signup/x", "/api;a/users", "/api")
                .map(path -> DynamicTest.dynamicTest(
                        path,
                        () -> assertThat(ask(Host.of("oauth.buildingbite.com"), "GET", path, null))
                                .startsWith("answered 403 RBAC")));
    }

    private String ask(Host host, String method, String path, JsonNode claims) {
        var request = platforms
                .get("azure-tokens")
                .trace()
                .request(method, "https://%s%s".formatted(host, path))
                .clientIp("198.51.100.7");
        return (claims == null ? request : request.jwt(claims)).verdict().summary();
    }

    @Test
    void the_application_gets_the_token_and_the_claims_that_it_asks_for() {
        JsonNode rule = platforms
                .get("azure-tokens")
                .object("RequestAuthentication", "istio-system", "oauth-buildingbite-com-tokens")
                .at("/spec/jwtRules/0");

        assertThat(rule.at("/forwardOriginalToken").asBoolean()).isTrue();
        assertThat(rule.at("/jwksUri").asText())
                .isEqualTo("https://oauth.buildingbite.com/realms/sangsang/protocol/openid-connect/certs");
        assertThat(rule.at("/audiences").toString()).isEqualTo("[\"sangsang-plus\"]");
        assertThat(rule.at("/outputClaimToHeaders").toString())
                .isEqualTo("[{\"claim\":\"sub\",\"header\":\"x-user-id\"}]");
    }

    @Test
    void istiod_may_fetch_the_keys_of_tokens() {
        assertThat(platforms.get("azure-tokens").mesh().manifests().kind(Kind.NETWORK_POLICY))
                .isNotEmpty()
                .noneMatch(policy -> policy.home().equals("istio-system")
                        && Selector.of(policy.at("/spec/podSelector")).selects(Map.of("app", "istiod")));
    }

    @TestFactory
    Stream<DynamicTest> the_checks_find_nothing() {
        return everywhere((name, platform) -> Stream.of(DynamicTest.dynamicTest(
                name, () -> assertThat(platform.findings().all()).isEmpty())));
    }
}
