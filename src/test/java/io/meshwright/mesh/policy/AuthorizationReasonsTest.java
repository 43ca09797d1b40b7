package io.meshwright.mesh.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.policy.AuthorizationVerdict.Result;
import io.meshwright.mesh.terms.Attribute;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reason and the places that a verdict of AuthorizationPolicies names. */
class AuthorizationReasonsTest {
    private static final Call CONNECTION = Call.to(8080).from(Attribute.known("cluster.local/ns/edge/sa/gateway"));
    private static final Call CALL = CONNECTION.with(HttpRequest.of("GET", "http", "web.shop", "/"));

    private static String policy(String name, String spec) {
        return "{apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: %s, namespace: shop}, spec: {%s}}"
                .formatted(name, spec);
    }

    private static AuthorizationVerdict verdict(Call call, String... policies) {
        return verdict(Meshes.injected("shop"), Meshes.deployment("shop", "web"), call, policies);
    }

    private static AuthorizationVerdict verdict(String namespace, String pods, Call call, String... policies) {
        Mesh mesh = Meshes.of(namespace, pods, String.join("\n---\n", policies));
        return mesh.authorizationPolicies().evaluate(Meshes.pod(mesh, "shop", "web"), call);
    }

    private static Stream<String> places(AuthorizationVerdict verdict) {
        return verdict.decidedBy().stream().map(AuthorizationReasonsTest::place);
    }

    private static String place(Source source) {
        return source.manifest().name().concat(source.pointer());
    }

    @Test
    void policies_without_a_rule_that_fits_are_named_whole() {
        AuthorizationVerdict verdict = verdict(
                CALL,
                policy("a", "rules: [{from: [{source: {namespaces: [ops]}}]}]"),
                policy("b", ""),
                policy("c", "action: DENY"));

        assertThat(verdict.why()).isEqualTo("no ALLOW rule fits");
        assertThat(places(verdict)).containsExactly("a", "b");
    }

    @Test
    void a_call_is_admitted_by_a_rule_or_for_want_of_policies() {
        AuthorizationVerdict admitted = verdict(CALL, policy("a", "rules: [{}]"));

        assertThat(admitted.why()).isEqualTo("an ALLOW rule fits");
        assertThat(places(admitted)).containsExactly("a/spec/rules/0");
        assertThat(verdict(CALL, policy("d", "action: DENY")).why()).isEqualTo("no ALLOW policy restricts callers");
    }

    @Test
    void rules_that_ask_somebody_else_are_named_where_they_fit_and_else_where_they_may() {
        String custom =
                "action: CUSTOM, provider: {name: oidc}, rules: [{when: [{key: connection.sni, values: [a]}]}%s]";
        AuthorizationVerdict sure = verdict(CALL, policy("c", custom.formatted(", {}")));
        AuthorizationVerdict possible = verdict(CALL, policy("c", custom.formatted("")));

        assertThat(sure.why()).isEqualTo("an external authorizer decides");
        assertThat(places(sure)).containsExactly("c/spec/rules/1");
        assertThat(possible.result()).isEqualTo(Result.UNKNOWN);
        assertThat(places(possible)).containsExactly("c/spec/rules/0");
    }

    @Test
    void nothing_is_enforced_on_a_port_that_passes_by_the_sidecar() {
        String pods = Meshes.deployment("shop", "web")
                .replace(
                        "metadata: {labels",
                        "metadata: {annotations: {traffic.sidecar.istio.io/excludeInboundPorts: '8080'}, labels");
        String denial = policy("d", "action: DENY, rules: [{}]");

        assertThat(verdict(Meshes.injected("shop"), pods, CALL, denial))
                .isEqualTo(new AuthorizationVerdict(Result.ALLOW, List.of(), "the port is kept away from the sidecar"));
        assertThat(verdict(Meshes.injected("shop"), pods, Call.to(8081), denial).result())
                .isEqualTo(Result.DENY);
        assertThat(verdict(Meshes.plain("shop"), pods, CALL, denial).why())
                .isEqualTo("no proxy enforces policies here");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | false",
                "from: [{source: {namespaces: [edge]}}], to: [{operation: {ports: ['8080']}}] | false",
                "from: [{source: {requestPrincipals: []}}], to: [{operation: {methods: []}}] | false",
                "when: [{key: source.namespace, values: [edge]}] | false",
                "from: [{source: {namespaces: [edge]}}, {source: {requestPrincipals: [a]}}] | true",
                "from: [{source: {notRequestPrincipals: [a]}}] | true",
                "to: [{operation: {ports: ['8080']}}, {operation: {notPaths: [/a]}}] | true",
                "when: [{key: source.namespace, values: [edge]}, {key: 'request.headers[a]', values: [b]}] | true"
            })
    void a_connection_fits_an_allowing_rule_unless_that_asks_for_http(String rule, boolean needsHttp) {
        String policy = policy("a", "rules: [{%s}]".formatted(rule));

        assertThat(verdict(CONNECTION, policy).result()).isEqualTo(needsHttp ? Result.DENY : Result.ALLOW);
        assertThat(Meshes.of(policy)
                        .authorizationPolicies()
                        .all()
                        .get(0)
                        .rules()
                        .get(0)
                        .needsHttp())
                .isEqualTo(needsHttp);
    }
}
