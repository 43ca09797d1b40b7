package io.meshwright.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import org.junit.jupiter.api.Test;

class CapacityPageTest {
    @Test
    void sums_up_namespaces_charts_autoscalers_and_what_stands_on_every_node() {
        assertThat(page("azure"))
                .contains(
                        "| argocd | ",
                        "| customer-service/chromadb | 1 | 0.15 | 640 Mi |",
                        "| istio-system/istio-cni | one on every node | 0.02 | 64 Mi |",
                        "| product-service/product-service-v1 | 2 | 0.25 | 896 Mi |",
                        "The environment declares none in `cluster.nodes`");
        assertThat(page("homelab")).doesNotContain("| blog-system/mysql | 2");
    }

    @Test
    void compares_declared_nodes_with_both_sums() {
        String page = CapacityPage.of(
                "shop",
                Mesh.of(new ManifestReader().text("all.yaml", """
            apiVersion: argoproj.io/v1alpha1
            kind: AppProject
            metadata:
              name: shop
              annotations: {meshwright.io/nodes: "all: 2-3 x 2 4Gi in a,b,c"}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              replicas: 2
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: web, image: web:1, resources: {requests: {cpu: "1", memory: 3Gi}}}]}
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: web, namespace: shop}
            spec: {scaleTargetRef: {kind: Deployment, name: web}, minReplicas: 2, maxReplicas: 4}
            """).read().manifests()));

        assertThat(page)
                .contains(
                        "| all | 2 | 6 Gi | 4 | 12 Gi |",
                        "| all | 2 to 3 | 2 | 4Gi | a, b, c |",
                        "| all nodes, as few as there may be | 4 | 8 Gi | by its sum | no |",
                        "| all nodes, as many as there may be | 6 | 12 Gi | by its sum | by its sum |",
                        "| one node drained | 4 | 8 Gi | by its sum | no |",
                        "| one zone lost | 4 | 8 Gi | by its sum | no |");
    }

    private static String page(String environment) {
        return CapacityPage.of(
                environment,
                Mesh.of(new ManifestReader()
                        .path(Fixtures.dist().resolve(environment))
                        .read()
                        .manifests()));
    }
}
