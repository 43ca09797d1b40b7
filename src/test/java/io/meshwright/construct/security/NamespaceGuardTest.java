package io.meshwright.construct.security;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.construct.Rendered;
import io.meshwright.value.security.Enforcement;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamespaceGuardTest {
    @Test
    void allows_nothing_that_nobody_has_declared() {
        Rendered rendered = Rendered.of(Shop::guard);

        assertThat(rendered.named("AuthorizationPolicy shop/allow-nothing")).hasJson("/spec", "{}");
        assertThat(rendered.named("NetworkPolicy shop/default-deny"))
                .hasJson("/spec", "{podSelector: {}, policyTypes: ['Ingress', 'Egress']}");
    }

    @Test
    void keeps_dns_and_the_control_plane_and_telemetry_reachable() {
        assertThat(Rendered.of(Shop::guard).named("NetworkPolicy shop/platform-egress"))
                .hasJson("/spec/egress/0/ports", "[{protocol: 'UDP', port: 53}, {protocol: 'TCP', port: 53}]")
                .hasJson(
                        "/spec/egress/0/to",
                        "[{namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'kube-system'}},"
                                + "podSelector: {matchLabels: {'k8s-app': 'kube-dns'}}}]")
                .has("/spec/egress/1/to/0/podSelector/matchLabels/app", "istiod")
                .has("/spec/egress/1/ports/0/port", 15012)
                .has("/spec/egress/2/ports/0/port", 4317)
                .lacks("/spec/ingress");
    }

    @Test
    void lets_prometheus_scrape_merged_metrics_only() {
        assertThat(Rendered.of(Shop::guard).named("NetworkPolicy shop/prometheus-scrapes-sidecars"))
                .hasJson(
                        "/spec/ingress",
                        "[{from: [{namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name':"
                                + " 'monitoring'}},podSelector: {matchLabels: {app: 'prometheus'}}}], ports: [{protocol:"
                                + " 'TCP', port: 15020}]}]");
    }

    @Test
    void refuses_nothing_in_a_dry_run() {
        Rendered rendered = Rendered.of(chart -> NamespaceGuard.Builder.create(chart, "guard")
                .namespace(Shop.NAMESPACE)
                .proxies(Proxies.sidecars(Shop.PROMETHEUS, List.of()))
                .enforcement(Enforcement.DRY_RUN)
                .build());

        assertThat(rendered.names()).containsExactly("AuthorizationPolicy shop/allow-nothing");
        assertThat(rendered.only("AuthorizationPolicy")).has("/metadata/annotations/istio.io~1dry-run", "true");
    }

    @Test
    void has_nothing_of_istio_in_a_namespace_outside_the_mesh() {
        Rendered rendered = Rendered.of(chart -> NamespaceGuard.Builder.create(chart, "guard")
                .namespace(Shop.NAMESPACE)
                .proxies(Proxies.none())
                .build());

        assertThat(rendered.names())
                .containsExactly("NetworkPolicy shop/default-deny", "NetworkPolicy shop/platform-egress");
        assertThat(rendered.named("NetworkPolicy shop/platform-egress")).lacks("/spec/egress/1");
    }

    @Test
    void refuses_to_stop_the_whole_mesh() {
        assertThatThrownBy(() -> new NamespaceGuard.Props(Shop.ISTIO, null, null, null))
                .hasMessageStartingWith(
                        "namespace: \"istio-system\" is the mesh's root namespace, whose policies act on every"
                                + " namespace; guard the namespaces of services instead");
    }
}
