package io.meshwright.trace;

import static io.meshwright.trace.WaypointTest.ask;
import static io.meshwright.trace.WaypointTest.namespace;
import static io.meshwright.trace.WaypointTest.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.trace.answer.Verdict.Closed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a ztunnel makes of policies for pods without a waypoint. */
class ZtunnelPolicyTest {
    private static final String FLAT = namespace("flat", "");
    private static final String WEB = service("flat", "web", "");

    private static String policy(String action, String rules) {
        return ("{apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: p, namespace: flat},"
                        + " spec: {action: %s, rules: [%s]}}")
                .formatted(action, rules);
    }

    private static boolean isDelivered(String action, String rules) {
        return ask(FLAT, WEB, policy(action, rules)).isDelivered();
    }

    private static final String JOB = "{source: {principals: [cluster.local/ns/flat/sa/job]}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{from: [{source: {notRequestPrincipals: ['*']}}]}",
                "{from: [{source: {remoteIpBlocks: [0.0.0.0/0]}}]}",
                "{to: [{operation: {methods: [GET]}}]}",
                "{from: [" + JOB + "], to: [{operation: {paths: ['*']}}]}",
                "{from: [" + JOB + "], when: [{key: 'request.headers[a]', notValues: [b]}]}",
                "{from: [" + JOB + "], when: [{key: connection.sni, notValues: [b]}]}",
                "{from: [{source: {namespaces: [other]}}, {source: {requestPrincipals: ['*']}}]}",
            })
    void denies_nobody_by_a_clause_that_is_left_with_nothing(String rule) {
        assertThat(isDelivered("DENY", rule)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{to: [{operation: {methods: [DELETE], notPorts: ['1']}}]}",
                "{from: [{source: {namespaces: [flat], requestPrincipals: [nobody]}}]}",
                "{from: [{source: {requestPrincipals: ['*']}}, " + JOB + "]}",
                "{}",
            })
    void denies_by_what_is_left_of_an_element(String rule) {
        assertThat(ask(FLAT, WEB, policy("DENY", rule))).isInstanceOf(Closed.class);
    }

    @Test
    void leaves_out_an_allow_rule_that_asks_for_anything_of_http() {
        assertThat(isDelivered("ALLOW", "{from: [" + JOB + "]}")).isTrue();
        assertThat(isDelivered("ALLOW", "{from: [" + JOB + "], to: [{operation: {methods: [GET]}}]}"))
                .isFalse();
        assertThat(isDelivered("ALLOW", "{from: [" + JOB + ", {source: {requestPrincipals: ['*']}}]}"))
                .isFalse();
        assertThat(isDelivered("ALLOW", "{when: [{key: source.principal, values: ['*/sa/job']}]}"))
                .isTrue();
        assertThat(isDelivered("ALLOW", "{when: [{key: remote.ip, notValues: [192.0.2.1]}]}"))
                .isFalse();
    }

    @Test
    void asks_no_external_authorizer_and_heeds_nothing_that_is_attached_by_name() {
        assertThat(isDelivered("CUSTOM, provider: {name: ext}", "{}")).isTrue();
        assertThat(isDelivered("DENY, targetRefs: [{kind: Service, name: web}]", "{}"))
                .isTrue();
    }

    @Test
    void knows_no_alias_of_the_trust_domain() {
        String mesh = "{apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system},"
                + " data: {mesh: \"trustDomain: corp.example\"}}";

        assertThat(ask(FLAT, WEB, mesh, policy("ALLOW", "{from: [" + JOB + "]}"))
                        .isDelivered())
                .isFalse();
        assertThat(ask(
                                FLAT,
                                WEB,
                                mesh,
                                policy("ALLOW", "{from: [" + JOB.replace("cluster.local", "corp.example") + "]}"))
                        .isDelivered())
                .isTrue();
    }
}
