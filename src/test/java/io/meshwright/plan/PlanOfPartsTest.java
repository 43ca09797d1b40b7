package io.meshwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.plan.change.Risk;
import io.meshwright.plan.side.Side;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Repositories of others hold a part of what a cluster has, and say it in their own ways. */
class PlanOfPartsTest {
    private static final String GATEWAY = """
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: %s, namespace: istio-system}
            spec:
              selector: {istio: ingressgateway}
              servers:
                - {port: {number: 80, name: http, protocol: HTTP}, hosts: ["*.${CLUSTER_DOMAIN}"]}
            """;
    private static final String INGRESS = """
            {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: istio-system}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: ingress, namespace: istio-system}
            spec:
              type: LoadBalancer
              selector: {istio: ingressgateway}
              ports: [{name: http, port: 80, targetPort: 80}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: ingress, namespace: istio-system}
            spec:
              selector: {matchLabels: {istio: ingressgateway}}
              template:
                metadata:
                  labels: {istio: ingressgateway, sidecar.istio.io/inject: "true"}
                  annotations: {inject.istio.io/templates: gateway}
                spec: {containers: [{name: istio-proxy, image: auto, args: [proxy, router]}]}
            """;
    private static final String ROUTE = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: web, namespace: shop}
            spec:
              hosts: ["web.${CLUSTER_DOMAIN}"]
              gateways: [istio-system/public]
              http: [{route: [{destination: {host: web}}]}]
            """;
    private static final String WEB = """
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: web, image: example.org/web:1, ports: [{containerPort: 8080}]}]}
            """;
    private static final String STRICT = """
            apiVersion: security.istio.io/v1
            kind: PeerAuthentication
            metadata: {name: default, namespace: edge}
            spec: {mtls: {mode: STRICT}}
            """;

    private static Side side(String... documents) {
        return side(Map.of("mesh.yaml", String.join("---\n", documents)));
    }

    private static Side side(Map<String, String> files) {
        ManifestReader reader = new ManifestReader();
        new TreeMap<>(files).forEach(reader::text);
        return Side.of("", reader.read(), Optional.empty());
    }

    private static Stream<String> told(Side before, Side after) {
        return Plan.between("", before, after, List.of()).changes().stream()
                .filter(change -> change.risk() != Risk.NONE)
                .map(change -> change.toString());
    }

    @Test
    void a_host_that_something_fills_in_later_is_asked_as_it_is_written() {
        assertThat(told(
                        side(INGRESS, GATEWAY.formatted("public"), ROUTE, WEB),
                        side(INGRESS, GATEWAY.formatted("public"), WEB)))
                .anyMatch(line ->
                        line.startsWith("PLAN101 GET http://web.${cluster_domain}/ from internet: was web.shop"));
        assertThat(told(
                        side(INGRESS, GATEWAY.formatted("public"), ROUTE, WEB),
                        side(
                                INGRESS,
                                GATEWAY.formatted("public"),
                                ROUTE.replace("web}", "web, port: {number: 80}}"),
                                WEB)))
                .isEmpty();
    }

    @Test
    void a_gateway_with_another_name_opens_no_host_that_was_not_open() {
        Side before = side(INGRESS, GATEWAY.formatted("public"), ROUTE, WEB);

        assertThat(told(before, side(INGRESS, GATEWAY.formatted("front"), ROUTE, WEB)))
                .noneMatch(line -> line.startsWith("PLAN20"))
                .noneMatch(line -> line.contains("is no host"))
                .anyMatch(line -> line.startsWith("PLAN101 GET http://web.${cluster_domain}/"));
        assertThat(told(
                        before,
                        side(
                                INGRESS,
                                GATEWAY.formatted("public").replace("istio: ingress", "istio: other"),
                                ROUTE,
                                WEB)))
                .anyMatch(line -> line.startsWith("PLAN201"));
    }

    @Test
    void a_policy_for_pods_that_are_not_there_is_never_silent() {
        String namespace = "{apiVersion: v1, kind: Namespace, metadata: {name: edge%s}}\n";
        Side before = side(namespace.formatted(""), WEB);

        assertThat(told(before, side(namespace.formatted(""), WEB, STRICT)))
                .contains(
                        "PLAN204 namespace edge: mutual TLS was PERMISSIVE, is STRICT, for pods that are not among the"
                                + " manifests");
        assertThat(told(before, side(namespace.formatted(""), WEB, STRICT.replace("STRICT", "PERMISSIVE"))))
                .noneMatch(line -> line.startsWith("PLAN204"));
        assertThat(told(before, side(namespace.formatted(", labels: {istio.io/dataplane-mode: ambient}"), WEB)))
                .contains("PLAN107 namespace edge: who reaches pods that are not among the manifests, and whom they"
                        + " reach, cannot be told");
        assertThat(told(before, side(namespace.formatted(", labels: {team: edge}"), WEB)))
                .isEmpty();
        assertThat(told(side(WEB), side(namespace.formatted(""), WEB, STRICT))).isEmpty();
    }

    @Test
    void pods_keep_their_proxy_where_a_namespace_gets_its_first_labels() {
        String namespace = "{apiVersion: v1, kind: Namespace, metadata: {name: shop%s}}\n";

        assertThat(told(
                        side(namespace.formatted(""), WEB),
                        side(namespace.formatted(", labels: {istio-injection: enabled}"), WEB)))
                .anyMatch(line -> line.startsWith("PLAN309 Namespace shop"));
    }

    @Test
    void flux_prunes_what_an_overlay_no_longer_builds() {
        Map<String, String> files = new TreeMap<>(Map.of(
                "clusters/prod/apps.yaml",
                """
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: apps, namespace: flux-system}
                spec: {path: ./apps/overlays/prod, prune: true, interval: 1h, sourceRef: {kind: GitRepository, name: all}}
                """,
                "apps/base/web.yaml",
                WEB,
                "apps/base/kustomization.yaml",
                "resources: [web.yaml]\n",
                "apps/overlays/prod/kustomization.yaml",
                "resources: [../../base]\n"));
        Side before = side(files);
        files.put("apps/base/web.yaml", WEB.substring(0, WEB.indexOf("---")));

        assertThat(told(before, side(files)))
                .contains(
                        "PLAN306 Deployment shop/web: is pruned by Kustomization flux-system/apps, before what takes its"
                                + " place is ready");
    }
}
