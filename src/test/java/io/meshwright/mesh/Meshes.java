package io.meshwright.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Manifests;
import io.meshwright.manifest.Reading;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.workload.Pod;

/** Meshes written as YAML in tests. */
public final class Meshes {
    private Meshes() {}

    public static Mesh of(String... documents) {
        return Mesh.of(manifests(documents), IstioVersion.of("1.26.2"));
    }

    public static Mesh of(IstioVersion version, String... documents) {
        return Mesh.of(manifests(documents), version);
    }

    public static Manifests manifests(String... documents) {
        Reading reading = ManifestReader.of("test.yaml", String.join("\n---\n", documents));
        assertThat(reading.unreadable()).isEmpty();
        return reading.manifests();
    }

    public static Manifest only(Mesh mesh, Kind kind) {
        assertThat(mesh.manifests().kind(kind)).hasSize(1);
        return mesh.manifests().kind(kind).get(0);
    }

    /** A namespace into which Istio injects. */
    public static String injected(String name) {
        return "{apiVersion: v1, kind: Namespace, metadata: {name: %s, labels: {istio-injection: enabled}}}"
                .formatted(name);
    }

    /** A namespace into which Istio does not inject. */
    public static String plain(String name) {
        return "{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(name);
    }

    /** A Deployment with label app, its own service account, and port http at 8080. */
    public static String deployment(String namespace, String name) {
        return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %s, namespace: %s}
        spec:
          template:
            metadata: {labels: {app: %1$s}}
            spec:
              serviceAccountName: %1$s
              containers: [{name: main, ports: [{name: http, containerPort: 8080}]}]
        """.formatted(name, namespace);
    }

    /** A Service with port http at 80 in front of that Deployment. */
    public static String service(String namespace, String name) {
        return """
        apiVersion: v1
        kind: Service
        metadata: {name: %s, namespace: %s}
        spec: {selector: {app: %1$s}, ports: [{name: http, port: 80, targetPort: http}]}
        """.formatted(name, namespace);
    }

    /** The pods and the Service that Istio's gateway chart makes, in istio-ingress. */
    public static String gatewayChart() {
        return """
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: {name: istio-ingressgateway, namespace: argocd}
        spec:
          source:
            repoURL: https://blob.istio.io/istio-release/charts
            chart: gateway
            targetRevision: 1.26.2
            helm: {valuesObject: {}}
          destination: {namespace: istio-ingress}
        """;
    }

    public static Pod pod(Mesh mesh, String namespace, String name) {
        return mesh.pods().in(namespace).stream()
                .filter(pod -> pod.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
