package io.meshwright.mesh.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.policy.AuthorizationVerdict.Result;
import io.meshwright.mesh.policy.ZtunnelRule.Loss;
import io.meshwright.mesh.terms.Attribute;
import io.meshwright.mesh.terms.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZtunnelRuleTest {
    private static final String POLICY =
            "{apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: p, namespace: flat}, spec:"
                    + " {action: %s, rules: [{%s}]}}";
    private static final Call CALL = Call.to(8080)
            .with(HttpRequest.of("GET", "http", "web.flat", "/"))
            .from(Attribute.known("cluster.local/ns/edge/sa/gateway"));

    private static Result result(String action, String rule) {
        var mesh = Meshes.of(
                "{apiVersion: v1, kind: Namespace, metadata: {name: flat, labels: {istio.io/dataplane-mode: ambient}}}",
                Meshes.deployment("flat", "web"),
                POLICY.formatted(action, rule));
        return mesh.authorizationPolicies()
                .evaluate(Meshes.pod(mesh, "flat", "web"), CALL)
                .result();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | NOTHING | NOTHING",
                "from: [{source: {namespaces: [edge]}}], to: [{operation: {ports: ['80']}}] | NOTHING | NOTHING",
                "to: [{operation: {ports: ['80'], methods: [GET]}}] | WIDER | WHOLE",
                "to: [{operation: {ports: ['80']}}, {operation: {methods: [GET]}}] | NARROWER | WHOLE",
                "to: [{operation: {ports: ['80'], paths: [/a]}}, {operation: {methods: [GET]}}] | WIDER | WHOLE",
                "to: [{operation: {ports: ['80']}}, {operation: {methods: []}}] | NOTHING | NOTHING",
                "from: [{source: {requestPrincipals: ['*']}}], to: [{operation: {ports: ['80']}}] | WHOLE | WHOLE",
                "from: [{source: {}}] | WHOLE | WHOLE",
                "when: [{key: source.namespace, values: [edge]}] | NOTHING | NOTHING",
                "when: [{key: source.namespace}] | WHOLE | WHOLE",
                "when: [{key: 'request.headers[a]', values: [b]}] | WHOLE | WHOLE"
            })
    void loses_what_only_http_tells(String rule, Loss denying, Loss allowing) {
        assertThat(loss("DENY", rule)).isEqualTo(denying);
        assertThat(loss("ALLOW", rule)).isEqualTo(allowing);
    }

    private static Loss loss(String action, String rule) {
        return Meshes.of(POLICY.formatted(action, rule))
                .authorizationPolicies()
                .all()
                .get(0)
                .rules()
                .get(0)
                .atZtunnel()
                .loss();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "when: [{key: source.namespace, values: [edge]}] | DENY",
                "when: [{key: source.namespace, notValues: [ops]}] | DENY",
                "when: [{key: source.namespace, notValues: [edge]}] | ALLOW",
                "when: [{key: source.namespace, values: [edge], notValues: [edge]}] | ALLOW",
                "from: [{source: {notNamespaces: []}}] | ALLOW",
                "from: [{source: {namespaces: [], notNamespaces: [ops]}}] | DENY"
            })
    void an_empty_list_asks_for_nothing(String rule, Result denying) {
        assertThat(result("DENY", rule)).isEqualTo(denying);
    }

    @Test
    void an_external_authorizer_is_asked_by_no_ztunnel() {
        assertThat(result("CUSTOM, provider: {name: oidc}", "")).isEqualTo(Result.ALLOW);
        assertThat(result("AUDIT", "")).isEqualTo(Result.ALLOW);
    }
}
