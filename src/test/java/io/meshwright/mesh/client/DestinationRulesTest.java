package io.meshwright.mesh.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DestinationRulesTest {
    private static final String WEB = "web.shop.svc.cluster.local";

    private static String rule(String name, String namespace, String spec) {
        return "{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: %s, namespace: %s}, spec: {%s}}"
                .formatted(name, namespace, spec);
    }

    private static List<String> seen(Mesh mesh, String namespace) {
        return mesh.destinationRules()
                .seenBy(namespace, WEB)
                .map(rule -> rule.parts().stream().map(Manifest::name).toList())
                .orElse(List.of());
    }

    private static Mesh mesh(String... rules) {
        return Meshes.of(Meshes.service("shop", "web"), String.join("\n---\n", rules));
    }

    @Test
    void the_clients_namespace_is_asked_before_the_services_and_the_root() {
        Mesh mesh = mesh(
                rule("wide", "edge", "host: '*.local'"),
                rule("own", "shop", "host: web"),
                rule("root", "istio-system", "host: '*'"));

        assertThat(seen(mesh, "edge")).containsExactly("wide");
        assertThat(seen(mesh, "ops")).containsExactly("own");
        Service service = mesh.services().find(WEB, "edge").orElseThrow();
        assertThat(mesh.destinationRules().candidates(new Client("edge", Map.of()), service))
                .extracting(DestinationRule::host)
                .containsExactly("*.local", WEB, "*");
    }

    @Test
    void in_the_root_namespace_only_private_rules_come_before_the_services() {
        assertThat(seen(
                        mesh(rule("own", "shop", "host: web"), rule("root", "istio-system", "host: '*'")),
                        "istio-system"))
                .containsExactly("own");
        assertThat(seen(
                        mesh(
                                rule("own", "shop", "host: web"),
                                rule("root", "istio-system", "host: '*', exportTo: ['.']")),
                        "istio-system"))
                .containsExactly("root");
    }

    @Test
    void a_short_host_means_the_rules_own_namespace() {
        assertThat(seen(mesh(rule("foreign", "edge", "host: web")), "edge")).isEmpty();
    }

    @Test
    void an_exact_rule_that_is_not_shown_hides_a_wider_one_that_is() {
        assertThat(seen(
                        mesh(
                                rule("exact", "shop", "host: web, exportTo: [ops, '.']"),
                                rule("wide", "shop", "host: '*.local'"),
                                rule("root", "istio-system", "host: '*'")),
                        "edge"))
                .containsExactly("root");
    }

    @Test
    void rules_of_one_host_and_namespace_are_merged() {
        Mesh mesh = mesh(
                rule("a", "shop", "host: web, subsets: [{name: v1, labels: {version: v1}}]"),
                rule(
                        "b",
                        "shop",
                        "host: web.shop.svc.cluster.local, trafficPolicy: {tls: {mode: DISABLE}}, subsets: [{name: v1,"
                                + " labels: {version: other}}, {name: v2}]"),
                rule(
                        "c",
                        "shop",
                        "host: web, trafficPolicy: {tls: {mode: ISTIO_MUTUAL}, loadBalancer: {simple: RANDOM}}"));

        DestinationRule merged = mesh.destinationRules().seenBy("shop", WEB).orElseThrow();
        assertThat(merged.parts()).hasSize(3);
        assertThat(merged.subsets().keySet()).containsExactly("v1", "v2");
        assertThat(merged.subsets().get("v1").selector().labels()).containsEntry("version", "v1");
        assertThat(merged.policy(80, Optional.empty()).tls().path("mode").asText())
                .isEqualTo("DISABLE");
        assertThat(merged.policy(80, Optional.empty()).loadBalancer().isMissingNode())
                .isTrue();
    }

    @Test
    void from_1_24_rules_that_are_shown_to_others_are_not_merged() {
        String[] documents = {
            Meshes.service("shop", "web"),
            rule("a", "shop", "host: web, exportTo: ['.'], subsets: [{name: v1}]"),
            rule("b", "shop", "host: web")
        };

        assertThat(seen(Meshes.of(IstioVersion.of("1.26.2"), documents), "shop"))
                .containsExactly("b");
        assertThat(seen(Meshes.of(IstioVersion.of("1.26.2"), documents), "ops")).containsExactly("b");
        assertThat(seen(Meshes.of(IstioVersion.of("1.23.4"), documents), "shop"))
                .containsExactly("a", "b");
    }

    @Test
    void a_written_asterisk_and_none_are_not_the_same_to_the_merge() {
        assertThat(seen(mesh(rule("a", "shop", "host: web"), rule("b", "shop", "host: web, exportTo: ['*']")), "shop"))
                .containsExactly("b");
        assertThat(seen(
                        mesh(
                                rule("a", "shop", "host: web, exportTo: ['*']"),
                                rule("b", "shop", "host: web, exportTo: ['*', ops]")),
                        "shop"))
                .containsExactly("a", "b");
    }

    @Test
    void up_to_1_23_the_first_written_export_counts_for_all_rules_of_a_host() {
        Mesh mesh = Meshes.of(
                IstioVersion.of("1.23.4"),
                Meshes.service("shop", "web"),
                rule("a", "shop", "host: web, exportTo: [ops]"),
                rule("b", "shop", "host: web"));

        assertThat(seen(mesh, "ops")).containsExactly("a", "b");
        assertThat(seen(mesh, "edge")).isEmpty();
    }

    @Test
    void a_rule_for_some_clients_comes_before_the_one_for_all_and_stays_at_home() {
        Mesh mesh = mesh(
                rule("all", "shop", "host: web"),
                rule("some", "shop", "host: web, workloadSelector: {matchLabels: {app: x}}"));
        Service service = mesh.services().find(WEB, "shop").orElseThrow();

        assertThat(mesh.destinationRules()
                        .seenBy(new Client("shop", Map.of("app", "x")), service)
                        .orElseThrow()
                        .parts()
                        .get(0)
                        .name())
                .isEqualTo("some");
        assertThat(mesh.destinationRules()
                        .seenBy(new Client("shop", Map.of("app", "z")), service)
                        .orElseThrow()
                        .parts()
                        .get(0)
                        .name())
                .isEqualTo("all");
        assertThat(mesh.destinationRules()
                        .seenBy(new Client("edge", Map.of("app", "x")), service)
                        .orElseThrow()
                        .parts()
                        .get(0)
                        .name())
                .isEqualTo("all");
    }

    @Test
    void a_setting_for_a_port_replaces_all_four_fields_and_a_subset_overrides_field_by_field() {
        Mesh mesh = mesh(rule("a", "shop", """
            host: web,
            trafficPolicy: {tls: {mode: ISTIO_MUTUAL}, outlierDetection: {},
              portLevelSettings: [{port: {number: 80}, loadBalancer: {simple: RANDOM}}]},
            subsets: [{name: v1, trafficPolicy: {tls: {mode: DISABLE}}}, {name: v2, trafficPolicy: {portLevelSettings: [{port: {number: 81}}]}}]\
            """));
        DestinationRule rule = mesh.destinationRules().seenBy("shop", WEB).orElseThrow();

        assertThat(rule.policy(80, Optional.empty()).source("tls")).isEmpty();
        assertThat(rule.policy(80, Optional.empty())
                        .loadBalancer()
                        .path("simple")
                        .asText())
                .isEqualTo("RANDOM");
        assertThat(rule.policy(81, Optional.empty()).tls().path("mode").asText())
                .isEqualTo("ISTIO_MUTUAL");
        assertThat(rule.policy(80, Optional.of("v1")).tls().path("mode").asText())
                .isEqualTo("DISABLE");
        assertThat(rule.policy(80, Optional.of("v1"))
                        .source("tls")
                        .orElseThrow()
                        .pointer())
                .isEqualTo("/spec/subsets/0/trafficPolicy/tls");
        assertThat(rule.policy(80, Optional.of("v1")).source("loadBalancer")).isPresent();
        assertThat(rule.policy(81, Optional.of("v2")).source("tls")).isEmpty();
    }

    @Test
    void a_subset_means_pods_of_the_service_with_its_labels() {
        Mesh mesh = Meshes.of(
                Meshes.service("shop", "web"),
                Meshes.deployment("shop", "web"),
                rule(
                        "a",
                        "shop",
                        "host: web, subsets: [{name: all}, {name: v1, labels: {version: v1}}, {name: canary, labels:"
                                + " {rollouts-pod-template-hash: abc}}]"));
        Service service = mesh.services().find(WEB, "shop").orElseThrow();
        Map<String, DestinationRule.Subset> subsets =
                mesh.destinationRules().seenBy("shop", WEB).orElseThrow().subsets();

        assertThat(mesh.destinationRules().pods(service, subsets.get("all"))).hasSize(1);
        assertThat(mesh.destinationRules().pods(service, subsets.get("v1"))).isEmpty();
        assertThat(mesh.destinationRules().pods(service, subsets.get("canary"))).hasSize(1);
    }

    @Test
    void a_subset_can_mean_the_endpoints_of_an_entry() {
        Mesh mesh = Meshes.of(
                "{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: e, namespace: shop}, spec:"
                        + " {hosts: [db.example], ports: [{number: 1, name: tcp, protocol: TCP}], resolution: STATIC,"
                        + " endpoints: [{address: 10.0.0.1, labels: {role: primary}}]}}",
                rule(
                        "a",
                        "shop",
                        "host: db.example, subsets: [{name: primary, labels: {role: primary}}, {name: replica, labels:"
                                + " {role: replica}}]"),
                "{apiVersion: v1, kind: Service, metadata: {name: bare, namespace: shop}, spec: {}}");
        Service service = mesh.services().find("db.example", "shop").orElseThrow();
        Map<String, DestinationRule.Subset> subsets = mesh.destinationRules()
                .seenBy("shop", "db.example")
                .orElseThrow()
                .subsets();

        assertThat(mesh.destinationRules().means(service, subsets.get("primary")))
                .isEqualTo(Truth.YES);
        assertThat(mesh.destinationRules().means(service, subsets.get("replica")))
                .isEqualTo(Truth.NO);
        assertThat(mesh.destinationRules()
                        .means(mesh.services().kubernetes("shop", "bare").orElseThrow(), subsets.get("replica")))
                .isEqualTo(Truth.UNKNOWN);
    }

    @Test
    void rules_of_the_wrong_type_are_borne() {
        Mesh mesh = mesh(
                rule("a", "shop", "host: 3, subsets: x, trafficPolicy: [1], exportTo: 3, workloadSelector: x"),
                rule(
                        "b",
                        "shop",
                        "host: web, subsets: [1, {labels: 3}], trafficPolicy: {portLevelSettings: [x, {port: 80}]}"));

        assertThat(mesh.destinationRules()
                        .seenBy("shop", WEB)
                        .orElseThrow()
                        .policy(80, Optional.of("none"))
                        .tls()
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void a_rule_that_two_namespaces_ask_for_is_one_candidate() {
        Mesh mesh = mesh(rule("own", "shop", "host: web"), rule("root", "istio-system", "host: '*'"));
        Service service = mesh.services().find(WEB, "shop").orElseThrow();

        assertThat(mesh.destinationRules().candidates(new Client("shop", Map.of()), service))
                .extracting(DestinationRule::host)
                .containsExactly(WEB, "*");
    }

    @Test
    void a_rule_for_some_clients_of_a_namespace_takes_the_owners_from_the_others() {
        Mesh mesh = mesh(
                rule("owner", "shop", "host: web"),
                rule("some", "ops", "host: '*.shop.svc.cluster.local', workloadSelector: {matchLabels: {app: x}}"));
        Service service = mesh.services().find(WEB, "ops").orElseThrow();

        assertThat(mesh.destinationRules().seenBy(new Client("ops", Map.of("app", "x")), service))
                .isPresent();
        assertThat(mesh.destinationRules().seenBy(new Client("ops", Map.of("app", "z")), service))
                .isEmpty();
        assertThat(mesh.destinationRules().candidates(new Client("ops", Map.of("app", "z")), service))
                .isEmpty();
        assertThat(seen(mesh, "edge")).containsExactly("owner");
    }

    @Test
    void a_rule_for_some_clients_is_none_for_others_and_up_to_1_23_takes_in_the_one_for_all() {
        String all = rule("all", "shop", "host: web");
        String some = rule("some", "shop", "host: web, workloadSelector: {matchLabels: {app: x}}");
        Mesh alone = mesh(some);
        Mesh both = mesh(all, some);
        Mesh before = Meshes.of(IstioVersion.of("1.23.4"), Meshes.service("shop", "web"), all, some);

        assertThat(parts(alone, "x")).containsExactly("some");
        assertThat(parts(alone, "z")).isEmpty();
        assertThat(parts(both, "x")).containsExactly("some");
        assertThat(parts(both, "z")).containsExactly("all");
        assertThat(parts(before, "x")).containsExactly("some", "all");
        assertThat(parts(before, "z")).containsExactly("all");
        assertThat(both.destinationRules().written())
                .extracting(rule -> rule.parts().get(0).name())
                .containsExactly("some", "all");
    }

    private static List<String> parts(Mesh mesh, String app) {
        return mesh
                .destinationRules()
                .seenBy(
                        new Client("shop", Map.of("app", app)),
                        mesh.services().find(WEB, "shop").orElseThrow())
                .stream()
                .flatMap(rule -> rule.parts().stream())
                .map(Manifest::name)
                .toList();
    }

    @Test
    void up_to_1_23_the_export_that_a_later_rule_writes_counts_for_an_earlier_one_without() {
        String[] documents = {
            Meshes.service("shop", "web"),
            rule("a", "shop", "host: web"),
            rule("b", "shop", "host: web, exportTo: [ops]")
        };
        Mesh before = Meshes.of(IstioVersion.of("1.23.4"), documents);
        Mesh after = Meshes.of(IstioVersion.of("1.26.2"), documents);

        assertThat(seen(before, "ops")).containsExactly("a", "b");
        assertThat(seen(before, "edge")).isEmpty();
        assertThat(seen(after, "ops")).containsExactly("b");
        assertThat(seen(after, "edge")).containsExactly("a");
    }

    @Test
    void up_to_1_23_the_first_of_two_written_exports_counts_behind_a_rule_without() {
        Mesh mesh = Meshes.of(
                IstioVersion.of("1.23.4"),
                Meshes.service("shop", "web"),
                rule("a", "shop", "host: web"),
                rule("b", "shop", "host: web, exportTo: [ops]"),
                rule("c", "shop", "host: web, exportTo: [edge]"));

        assertThat(seen(mesh, "ops")).containsExactly("a", "b", "c");
        assertThat(seen(mesh, "edge")).isEmpty();
    }

    @Test
    void rules_for_different_clients_are_never_merged() {
        String[] documents = {
            Meshes.service("shop", "web"),
            rule("some", "shop", "host: web, workloadSelector: {matchLabels: {app: x}}"),
            rule("other", "shop", "host: web, workloadSelector: {matchLabels: {app: w}}"),
            rule("same", "shop", "host: web, workloadSelector: {matchLabels: {app: x}}")
        };

        for (String release : List.of("1.23.4", "1.26.2")) {
            Mesh mesh = Meshes.of(IstioVersion.of(release), documents);
            assertThat(parts(mesh, "w")).as(release).containsExactly("other");
            assertThat(parts(mesh, "x")).as(release).containsExactly("same", "some");
        }
    }

    /** Of one export both go into the rule for some, and nothing is left for the others. */
    @Test
    void from_1_24_a_private_rule_for_all_vanishes_into_one_for_some() {
        String all = rule("all", "shop", "host: web, exportTo: ['.']");
        String some = rule("some", "shop", "host: web, workloadSelector: {matchLabels: {app: x}}");
        Mesh before = Meshes.of(IstioVersion.of("1.23.4"), Meshes.service("shop", "web"), all, some);

        assertThat(parts(mesh(all, some), "x")).containsExactly("some", "all");
        assertThat(parts(mesh(all, some), "z")).isEmpty();
        assertThat(parts(before, "x")).containsExactly("some", "all");
        assertThat(parts(before, "z")).containsExactly("all");
    }

    /** A rule that is merged into an earlier one stands apart again if a later one between them does not take it. */
    @Test
    void from_1_24_a_rule_that_meets_another_export_behind_its_own_stands_apart_too() {
        Mesh mesh = mesh(
                rule("a", "shop", "host: web, exportTo: ['*']"),
                rule("b", "shop", "host: web, exportTo: [ops]"),
                rule("c", "shop", "host: web, exportTo: ['*']"));

        assertThat(seen(mesh, "ops")).containsExactly("c");
        assertThat(seen(mesh, "edge")).containsExactly("c");
    }
}
