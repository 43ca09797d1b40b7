package io.meshwright.plan.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.object.ObjectChanges;
import io.meshwright.plan.side.Side;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A mesh in which so many pods may call so many services that one of them asks for the others where nothing differs.
 */
class ManyCallersTest {
    private static final int SERVICES = 80;
    private static final String NAMESPACES =
            IntStream.range(0, 4).mapToObj("""
                    ---
                    {apiVersion: v1, kind: Namespace, metadata: {name: team-%d, labels: {istio-injection: enabled}}}
                    """::formatted).collect(Collectors.joining());
    private static final String SERVICE = """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: s%1$d, namespace: team-%2$d}
            spec: {selector: {app: s%1$d}, ports: [{name: http, port: 80}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: s%1$d, namespace: team-%2$d}
            spec:
              selector: {matchLabels: {app: s%1$d}}
              template:
                metadata: {labels: {app: s%1$d}}
                spec: {serviceAccountName: s%1$d, containers: [{name: app, image: "app:1"}]}
            """;
    private static final String MESH = NAMESPACES
            + IntStream.range(0, SERVICES)
                    .mapToObj(number -> SERVICE.formatted(number, number % 4))
                    .collect(Collectors.joining());

    /** Of three services in a row: s0 leads to a gateway, and that to s2. */
    private static final String DETOUR = """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: gateway, namespace: edge}
            spec: {selector: {istio: edge}, ports: [{name: http, port: 80, targetPort: 8080}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: gateway, namespace: edge}
            spec:
              selector: {matchLabels: {istio: edge}}
              template:
                metadata:
                  labels: {istio: edge, sidecar.istio.io/inject: "true"}
                  annotations: {inject.istio.io/templates: gateway}
                spec: {serviceAccountName: edge, containers: [{name: istio-proxy, image: auto}]}
            ---
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: edge, namespace: edge}
            spec:
              selector: {istio: edge}
              servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: detour, namespace: team-0}
            spec:
              hosts: [s0.team-0.svc.cluster.local]
              gateways: [mesh, edge/edge]
              http:
              - match: [{gateways: [mesh]}]
                route: [{destination: {host: gateway.edge.svc.cluster.local, port: {number: 80}}}]
              - match: [{gateways: [edge/edge]}]
                route: [{destination: {host: s2.team-2.svc.cluster.local, port: {number: 80}}}]
            """;

    private static final String NOBODY = """
            ---
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata: {name: %s, namespace: %s}
            spec: {%s}
            """;

    @Test
    void what_differs_is_asked_by_everybody() {
        RequestChanges denied =
                between(MESH, MESH + NOBODY.formatted("s7", "team-3", "selector: {matchLabels: {app: s7}}"));
        assertThat(sentences(denied))
                .hasSize(1)
                .first()
                .asString()
                .contains("s7.team-3")
                .contains("and 79 more");
        assertThat(denied.left()).isEqualTo((SERVICES - 20) * (SERVICES - 1));

        RequestChanges elsewhere = between(MESH, MESH + """
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: s1, namespace: team-1}
                spec:
                  hosts: [s1]
                  http:
                  - match: [{sourceLabels: {app: s9}}]
                    route: [{destination: {host: s2.team-2.svc.cluster.local}}]
                  - route: [{destination: {host: s1}}]
                """);
        assertThat(sentences(elsewhere)).hasSize(1).first().asString().contains("from team-1/s9");
        assertThat(elsewhere.left()).isEqualTo((SERVICES - 1) * (SERVICES - 1));
    }

    @Test
    void a_pod_concerns_the_services_in_front_of_it_and_what_leads_there() {
        String other = MESH.replace("labels: {app: s5}", "labels: {app: s5, v: other}");
        RequestChanges same = between(MESH, other);
        assertThat(same.changes()).isEmpty();
        assertThat(same.left()).isEqualTo((SERVICES - 1) * (SERVICES - 2));
        RequestChanges image = between(MESH, MESH.replaceFirst("app:1", "app:2"));
        assertThat(image.changes()).isEmpty();
        assertThat(image.left()).as("no proxy sees another image").isGreaterThan((SERVICES - 1) * (SERVICES - 2));
    }

    @Test
    void what_one_meets_on_the_way_is_asked_by_the_others_too() {
        String detour = MESH + DETOUR;
        RequestChanges denied =
                between(detour, detour + NOBODY.formatted("s2", "team-2", "selector: {matchLabels: {app: s2}}"));
        assertThat(sentences(denied))
                .anyMatch(sentence -> sentence.contains("and %d more".formatted(2 * (SERVICES + 1) - 1)));
    }

    @Test
    void the_root_namespace_concerns_everybody() {
        RequestChanges everybody =
                between(MESH, MESH + NOBODY.formatted("none", "istio-system", "action: DENY, rules: []"));
        assertThat(everybody.left()).isZero();
        assertThat(everybody.changes()).isEmpty();
    }

    @Test
    void so_does_what_installs_istio() {
        String istiod = """
                ---
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: istiod, namespace: argocd}
                spec:
                  source:
                    repoURL: https://istio-release.storage.googleapis.com/charts
                    chart: istiod
                    targetRevision: 1.26.2
                    helm: {valuesObject: {meshConfig: {outboundTrafficPolicy: {mode: %s}}}}
                  destination: {namespace: istio-system}
                """;
        RequestChanges registryOnly =
                between(MESH + istiod.formatted("ALLOW_ANY"), MESH + istiod.formatted("REGISTRY_ONLY"));
        assertThat(registryOnly.left()).isZero();
        String grafana = istiod.replace("istiod", "grafana").replace("istio-system", "grafana");
        RequestChanges elsewhere = between(
                MESH + istiod.formatted("ALLOW_ANY") + grafana.formatted("ALLOW_ANY"),
                MESH + istiod.formatted("ALLOW_ANY") + grafana.formatted("REGISTRY_ONLY"));
        assertThat(elsewhere.left()).isPositive();
    }

    @Test
    void and_what_says_elsewhere_how_it_is_installed() {
        String release = """
                ---
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: istiod, namespace: flux-system}
                spec:
                  targetNamespace: istio-system
                  chart: {spec: {chart: istiod, version: 1.26.2, sourceRef: {kind: HelmRepository, name: istio}}}
                  valuesFrom: [{kind: ConfigMap, name: istio}]
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: istio, namespace: flux-system}
                data: {values.yaml: "meshConfig: {outboundTrafficPolicy: {mode: %s}}"}
                """;
        RequestChanges registryOnly =
                between(MESH + release.formatted("ALLOW_ANY"), MESH + release.formatted("REGISTRY_ONLY"));
        assertThat(registryOnly.left()).isZero();
    }

    private static List<String> sentences(RequestChanges changes) {
        return changes.changes().stream().map(Change::toString).toList();
    }

    private static RequestChanges between(String old, String young) {
        Side before = side(old);
        Side after = side(young);
        return RequestChanges.between(before, after, ObjectChanges.between(before, after), List.of());
    }

    private static Side side(String text) {
        return Side.of("", new ManifestReader().text("mesh.yaml", text).read(), Optional.empty());
    }
}
