package io.meshwright.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Manifests;
import io.meshwright.manifest.Reading;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;

/** Meshes for tests: a small shop, and three environments. */
final class Samples {
    /** A gateway in istio-ingress, two services in shop that it routes to, and who may call whom. */
    static final String SHOP = """
      apiVersion: argoproj.io/v1alpha1
      kind: Application
      metadata: {name: ingress, namespace: argocd}
      spec:
        source: {repoURL: https://blob.istio.io/istio-release/charts, chart: gateway, targetRevision: 1.26.2,
          helm: {valuesObject: {name: ingress}}}
        destination: {namespace: istio-ingress}
      ---
      {apiVersion: v1, kind: Namespace, metadata: {name: istio-ingress}}
      ---
      {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled}}}
      ---
      {apiVersion: v1, kind: Namespace, metadata: {name: legacy}}
      ---
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata: {name: public, namespace: shop}
      spec:
        selector: {istio: ingress}
        servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*.example.org"]}]
      ---
      {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web},
        ports: [{name: http, port: 80, targetPort: 8080}]}}
      ---
      {apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop}, spec: {selector: {app: cart},
        ports: [{name: http, port: 80, targetPort: 8080}]}}
      """.concat(deployment("shop", "web"))
            .concat(deployment("shop", "cart"))
            .concat(deployment("legacy", "batch"));

    private Samples() {}

    static String deployment(String namespace, String name) {
        return """
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %2$s, namespace: %1$s}
        spec:
          selector: {matchLabels: {app: %2$s}}
          template:
            metadata: {labels: {app: %2$s}}
            spec: {serviceAccountName: %2$s, containers: [{name: main, ports: [{name: http, containerPort: 8080}]}]}
        """.formatted(namespace, name);
    }

    /** A VirtualService in shop on the gateway, for shop.example.org, with these http routes. */
    static String routes(String http) {
        return """
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: shop, namespace: shop}
        spec:
          gateways: [public]
          hosts: [shop.example.org]
          http: %s
        """.formatted(http);
    }

    static Manifests manifests(String... documents) {
        Reading reading = ManifestReader.of("test.yaml", SHOP.concat(String.join("\n---\n", documents)));
        assertThat(reading.unreadable()).isEmpty();
        return reading.manifests();
    }

    static Trace shop(String... documents) {
        return Trace.of(Mesh.of(manifests(documents), IstioVersion.of("1.26.2")));
    }

    static Mesh environment(String name) {
        Reading reading =
                new ManifestReader().path(Fixtures.dist().resolve(name)).read();
        assertThat(reading.manifests().all()).as("manifests of %s", name).isNotEmpty();
        return Mesh.of(reading.manifests());
    }
}
