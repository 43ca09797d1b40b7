package io.meshwright.mesh.policy;

import static io.meshwright.mesh.policy.PeerAuthentications.Mode.DISABLE;
import static io.meshwright.mesh.policy.PeerAuthentications.Mode.PERMISSIVE;
import static io.meshwright.mesh.policy.PeerAuthentications.Mode.STRICT;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.policy.PeerAuthentications.Decision;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeerAuthenticationsTest {
    private static String policy(String name, String namespace, String spec) {
        return "{apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: %s, namespace: %s}, spec: {%s}}"
                .formatted(name, namespace, spec);
    }

    private static Decision decide(int port, String... policies) {
        Mesh mesh = Meshes.of(Meshes.deployment("shop", "web"), String.join("\n---\n", policies));
        return mesh.peerAuthentications().of(Meshes.pod(mesh, "shop", "web"), port);
    }

    @Test
    void without_a_policy_both_are_taken() {
        assertThat(decide(80)).isEqualTo(new Decision(PERMISSIVE, Optional.empty(), Set.of()));
    }

    @Test
    void workload_comes_before_namespace_before_mesh() {
        String mesh = policy("m", "istio-system", "mtls: {mode: STRICT}");
        String namespace = policy("n", "shop", "mtls: {mode: PERMISSIVE}");
        String workload = policy("w", "shop", "selector: {matchLabels: {app: web}}, mtls: {mode: DISABLE}");

        assertThat(decide(80, mesh).mode()).isEqualTo(STRICT);
        assertThat(decide(80, mesh, namespace).mode()).isEqualTo(PERMISSIVE);
        assertThat(decide(80, mesh, namespace, workload).mode()).isEqualTo(DISABLE);
        assertThat(decide(80, mesh, namespace, workload)
                        .source()
                        .orElseThrow()
                        .manifest()
                        .name())
                .isEqualTo("w");
    }

    @Test
    void what_is_unset_is_inherited() {
        assertThat(decide(
                                80,
                                policy("m", "istio-system", "mtls: {mode: STRICT}"),
                                policy("n", "shop", "mtls: {mode: UNSET}"),
                                policy("w", "shop", "selector: {matchLabels: {app: web}}"))
                        .mode())
                .isEqualTo(STRICT);
    }

    @Test
    void a_port_is_one_of_the_container_and_may_inherit_too() {
        String workload = policy(
                "w",
                "shop",
                "selector: {matchLabels: {app: web}}, mtls: {mode: STRICT}, portLevelMtls: {8080: {mode: PERMISSIVE},"
                        + " 9090: {mode: UNSET}}");

        assertThat(decide(8080, workload).mode()).isEqualTo(PERMISSIVE);
        assertThat(decide(8080, workload).source().orElseThrow().pointer()).isEqualTo("/spec/portLevelMtls/8080");
        assertThat(decide(9090, workload).mode()).isEqualTo(STRICT);
        assertThat(decide(80, workload).mode()).isEqualTo(STRICT);
    }

    @Test
    void a_selector_in_the_root_namespace_selects_nothing() {
        assertThat(decide(80, policy("w", "istio-system", "selector: {matchLabels: {app: web}}, mtls: {mode: STRICT}"))
                        .mode())
                .isEqualTo(PERMISSIVE);
    }

    @Test
    void two_policies_of_one_level_depend_on_their_age() {
        assertThat(decide(80, policy("a", "shop", "mtls: {mode: STRICT}"), policy("b", "shop", "mtls: {mode: DISABLE}"))
                        .dependsOnCreationOrder())
                .isTrue();
    }

    @Test
    void a_policy_that_is_known_to_be_younger_is_no_rival() {
        String told = "w%s, creationTimestamp: \"202%s-01-01T00:00:00Z\"";
        String spec = "mtls: {mode: %s}";

        assertThat(decide(
                        80,
                        policy(told.formatted("1", "1"), "shop", spec.formatted("STRICT")),
                        policy(told.formatted("2", "2"), "shop", spec.formatted("DISABLE"))))
                .satisfies(decision -> {
                    assertThat(decision.isStrict()).isTrue();
                    assertThat(decision.dependsOnCreationOrder()).isFalse();
                });
        assertThat(decide(
                        80,
                        policy("w1", "shop", spec.formatted("STRICT")),
                        policy("w2", "shop", spec.formatted("DISABLE"))))
                .satisfies(decision -> {
                    assertThat(decision.isStrict()).isFalse();
                    assertThat(decision.rivals()).containsExactly(DISABLE);
                });
        assertThat(decide(
                        80,
                        policy("w1", "shop", spec.formatted("STRICT")),
                        policy("w2", "shop", spec.formatted("STRICT"))))
                .satisfies(decision -> assertThat(decision.isStrict()).isTrue());
    }
}
