package io.meshwright.mesh.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.firewall.NetworkPolicy.Admission;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Pod;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkPoliciesTest {
    private static String policy(String name, String namespace, String spec) {
        return "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: %s, namespace: %s}, spec: {%s}}"
                .formatted(name, namespace, spec);
    }

    private static Mesh mesh(String... policies) {
        return Meshes.of(
                "{apiVersion: v1, kind: Namespace, metadata: {name: edge, labels: {team: platform}}}",
                Meshes.deployment("edge", "gateway"),
                Meshes.deployment("ops", "prometheus"),
                Meshes.deployment("shop", "web"),
                String.join("\n---\n", policies));
    }

    private static Admission admission(String namespace, String name, int port, String... policies) {
        Mesh mesh = mesh(policies);
        return mesh.networkPolicies().between(Meshes.pod(mesh, namespace, name), Meshes.pod(mesh, "shop", "web"), port);
    }

    @Test
    void without_a_policy_everything_passes() {
        assertThat(admission("edge", "gateway", 8080).admitted()).isEqualTo(Truth.YES);
        assertThat(admission(
                                "edge",
                                "gateway",
                                8080,
                                policy("other", "shop", "podSelector: {matchLabels: {app: other}}"))
                        .admitted())
                .isEqualTo(Truth.YES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | NO",
                "{} | YES",
                "from: [{namespaceSelector: {matchLabels: {team: platform}}}] | YES",
                "from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: edge}}, podSelector:"
                        + " {matchLabels: {app: gateway}}}] | YES",
                "from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: edge}}, podSelector:"
                        + " {matchLabels: {app: other}}}] | NO",
                "from: [{namespaceSelector: {}}] | YES",
                "from: [{podSelector: {}}] | NO",
                "from: [{podSelector: {}}, {namespaceSelector: {matchExpressions: [{key: team, operator: In, values:"
                        + " [platform]}]}}] | YES",
                "from: [{ipBlock: {cidr: 0.0.0.0/0}}] | YES",
                "from: [{ipBlock: {cidr: 10.0.0.0/8}}] | UNKNOWN",
                "ports: [{port: 8080}] | YES",
                "ports: [{port: http}] | YES",
                "ports: [{port: 80}] | NO",
                "ports: [{port: 81}], from: [{ipBlock: {cidr: 10.0.0.0/8}}] | NO",
                "ports: [{port: 8000, endPort: 8100}] | YES",
                "ports: [{port: 8080, protocol: UDP}] | NO",
                "ports: [{protocol: TCP}] | YES"
            })
    void a_selected_pod_takes_only_what_a_rule_admits(String rule, Truth expected) {
        String rules = rule.isEmpty() ? "[]" : rule.equals("{}") ? "[{}]" : "[{%s}]".formatted(rule);

        assertThat(admission(
                                "edge",
                                "gateway",
                                8080,
                                policy("p", "shop", "podSelector: {}, ingress: %s".formatted(rules)))
                        .admitted())
                .isEqualTo(expected);
    }

    @Test
    void the_labels_of_an_unwritten_namespace_are_not_guessed() {
        assertThat(admission(
                                "ops",
                                "prometheus",
                                8080,
                                policy(
                                        "p",
                                        "shop",
                                        "podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {team:"
                                                + " ops}}}]}]"))
                        .admitted())
                .isEqualTo(Truth.UNKNOWN);
    }

    @Test
    void exit_and_entry_must_both_admit() {
        String exit = policy(
                "exit",
                "edge",
                "podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 53, protocol: UDP}]}]");

        Admission refused = admission("edge", "gateway", 8080, exit);
        assertThat(refused.admitted()).isEqualTo(Truth.NO);
        assertThat(refused.decidedBy())
                .extracting(source -> source.manifest().name())
                .containsExactly("exit");
        assertThat(admission("ops", "prometheus", 8080, exit).admitted()).isEqualTo(Truth.YES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "podSelector: {}, ingress: [] | YES",
                "podSelector: {}, egress: [] | YES",
                "podSelector: {}, egress: [{ports: [{port: 8080}]}] | YES",
                "podSelector: {}, egress: [{ports: [{port: 8081}]}] | NO",
                "podSelector: {}, policyTypes: [Ingress], egress: [] | YES",
                "podSelector: {}, policyTypes: [Egress] | NO"
            })
    void without_types_a_policy_guards_exits_for_which_it_has_rules(String spec, Truth expected) {
        assertThat(admission("edge", "gateway", 8080, policy("p", "edge", spec)).admitted())
                .isEqualTo(expected);
    }

    @Test
    void policies_add_up_and_the_admitting_rule_is_named() {
        Admission admitted = admission(
                "edge",
                "gateway",
                8080,
                policy("deny", "shop", "podSelector: {}, policyTypes: [Ingress]"),
                policy(
                        "gateway",
                        "shop",
                        "podSelector: {matchLabels: {app: web}}, ingress: [{ports: [{port: 1}]}, {ports: [{port:"
                                + " 8080}]}]"));

        assertThat(admitted.admitted()).isEqualTo(Truth.YES);
        assertThat(admitted.decidedBy()).extracting(Source::pointer).containsExactly("/spec/ingress/1");
    }

    @Test
    void addresses_outside_fit_blocks() {
        Mesh mesh = mesh(policy(
                "p",
                "shop",
                "podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except:"
                        + " [10.0.0.0/8]}}]}]"));
        Pod web = Meshes.pod(mesh, "shop", "web");

        assertThat(mesh.networkPolicies()
                        .egress(web, NetworkPeer.at("20.0.0.1"), 443, "TCP")
                        .admitted())
                .isEqualTo(Truth.YES);
        assertThat(mesh.networkPolicies()
                        .egress(web, NetworkPeer.at("10.1.0.1"), 443, "TCP")
                        .admitted())
                .isEqualTo(Truth.NO);
        assertThat(mesh.networkPolicies()
                        .egress(web, NetworkPeer.outside(), 443, "TCP")
                        .admitted())
                .isEqualTo(Truth.UNKNOWN);
    }

    @Test
    void entry_that_is_refused_is_named_where_exit_is_admitted_and_both_are_asked() {
        String exit = policy("exit", "edge", "podSelector: {}, policyTypes: [Egress], egress: [%s]");
        String entry = policy("entry", "shop", "podSelector: {}, ingress: [%s]");

        assertThat(names(admission("edge", "gateway", 8080, exit.formatted("{}"), entry.formatted(""))))
                .containsExactly("entry");
        assertThat(names(admission("edge", "gateway", 8080, exit.formatted(""), entry.formatted("{}"))))
                .containsExactly("exit");
        assertThat(names(admission("edge", "gateway", 8080, exit.formatted("{}"), entry.formatted("{}"))))
                .containsExactly("exit", "entry");
    }

    @Test
    void rules_that_may_admit_are_not_named_beside_one_that_does() {
        Admission admission = admission(
                "edge",
                "gateway",
                8080,
                policy("a", "shop", "podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]"),
                policy("b", "shop", "podSelector: {}, ingress: [{}]"));

        assertThat(admission.admitted()).isEqualTo(Truth.YES);
        assertThat(names(admission)).containsExactly("b");
    }

    private static Stream<String> names(Admission admission) {
        return admission.decidedBy().stream().map(source -> source.manifest().name());
    }
}
