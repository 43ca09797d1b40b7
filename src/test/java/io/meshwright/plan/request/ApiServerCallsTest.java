package io.meshwright.plan.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.plan.change.Change;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The API server's calls to webhooks, which no mesh and no selector of pods knows. */
class ApiServerCallsTest {
    private static final String MESH = """
            {apiVersion: v1, kind: Namespace, metadata: {name: guard, labels: {istio-injection: enabled}}}
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: guard}
            webhooks: [{name: pods.example.org, clientConfig: {service: {name: guard, namespace: guard}}}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: guard, namespace: guard}
            spec: {selector: {app: guard}, ports: [{name: https, port: 443, targetPort: 9443}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: guard, namespace: guard}
            spec:
              selector: {matchLabels: {app: guard}}
              template:
                metadata: {labels: {app: guard}, annotations: {%s}}
                spec: {containers: [{name: app, image: app}]}
            """;
    private static final String STRICT = """
            ---
            apiVersion: security.istio.io/v1
            kind: PeerAuthentication
            metadata: {name: default, namespace: guard}
            spec: {mtls: {mode: STRICT}}
            """;
    private static final String POLICY = """
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: guard, namespace: guard}
            spec: {podSelector: {}, ingress: [{from: [%s], ports: [{port: 9443}]}]}
            """;
    private static final String CALL =
            "webhook pods.example.org of ValidatingWebhookConfiguration guard from the API server";

    @Test
    void a_webhook_behind_strict_mutual_tls_is_reached_no_more() {
        assertThat(changes(MESH.formatted(""), MESH.formatted("") + STRICT))
                .containsExactly("PLAN101 %s: does not arrive any more".formatted(CALL));
        assertThat(changes(MESH.formatted("") + STRICT, MESH.formatted("")))
                .containsExactly("PLAN104 %s: did not arrive, does now".formatted(CALL));
        assertThat(changes("", MESH.formatted("") + STRICT))
                .containsExactly("PLAN101 %s: does not arrive".formatted(CALL));
    }

    @Test
    void a_port_that_passes_the_proxy_by_demands_nothing() {
        String excluded = MESH.formatted("traffic.sidecar.istio.io/excludeInboundPorts: \"9443\"");

        assertThat(changes(excluded, excluded + STRICT)).isEmpty();
    }

    @Test
    void selectors_of_a_network_policy_never_mean_the_api_server_and_blocks_of_addresses_may() {
        String plain = MESH.formatted("");

        assertThat(changes(plain, plain + POLICY.formatted("{namespaceSelector: {}}")))
                .containsExactly(
                        "PLAN107 %s: cannot be told: arrives only where the API server runs on the pod's own node"
                                .formatted(CALL));
        assertThat(changes(plain, plain + POLICY.formatted("{ipBlock: {cidr: 10.0.0.0/8}}")))
                .isEmpty();
        assertThat(changes(plain, plain + POLICY.formatted(""))).isEmpty();
    }

    private static List<String> changes(String before, String after) {
        return ApiServerCalls.changes(mesh(before), mesh(after)).stream()
                .map(Change::toString)
                .toList();
    }

    private static Mesh mesh(String text) {
        return Mesh.of(ManifestReader.of("mesh.yaml", text).manifests());
    }
}
