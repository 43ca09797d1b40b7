package io.meshwright.mesh.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.policy.Call;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Selector;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstallationTest {
    @Test
    void the_gateway_chart_makes_pods_and_a_service() {
        Mesh mesh = Meshes.of(Meshes.gatewayChart());

        Pod pod = Meshes.pod(mesh, "istio-ingress", "istio-ingressgateway");
        assertThat(pod.labels()).containsEntry("istio", "ingressgateway").containsEntry("app", "istio-ingressgateway");
        assertThat(pod.serviceAccount()).isEqualTo("istio-ingressgateway");
        assertThat(pod.proxy().isGateway()).isTrue();
        Service service = mesh.services()
                .kubernetes("istio-ingress", "istio-ingressgateway")
                .orElseThrow();
        assertThat(service.ports()).extracting(ServicePort::number).containsExactly(15021, 80, 443);
        assertThat(mesh.services().pods(service)).containsExactly(pod);
    }

    @Test
    void values_of_the_gateway_chart_are_heeded_with_their_places() {
        Mesh mesh = Meshes.of("""
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: edge}
            spec:
              sources:
              - repoURL: https://blob.istio.io/istio-release/charts
                chart: gateway
                helm:
                  releaseName: istio-ingressgateway
                  valuesObject:
                    labels: {istio: blog}
                    serviceAccount: {name: istio-ingressgateway-service-account}
                    service:
                      ports:
                      - {name: https, port: 443, targetPort: 8443}
              destination: {namespace: istio-system}
            """);

        Pod pod = Meshes.pod(mesh, "istio-system", "istio-ingressgateway");
        assertThat(pod.labels()).containsEntry("istio", "blog");
        assertThat(pod.serviceAccount()).isEqualTo("istio-ingressgateway-service-account");
        ServicePort port = mesh.services().selecting(pod).get(0).ports().get(0);
        assertThat(port.on(pod)).hasValue(8443);
        assertThat(port.source().place()).hasToString("test.yaml:15:13");
    }

    @Test
    void the_istiod_chart_says_how_the_mesh_is_configured() {
        Mesh mesh = Mesh.of(Meshes.manifests("""
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: istiod}
            spec:
              source:
                repoURL: https://blob.istio.io/istio-release/charts
                chart: istiod
                targetRevision: 1.23.4
                helm:
                  values: |
                    meshConfig:
                      trustDomain: shop.example
                      outboundTrafficPolicy: {mode: REGISTRY_ONLY}
                      defaultConfig: {gatewayTopology: {numTrustedProxies: 2}}
                    pilot: {env: {PILOT_SCOPE_GATEWAY_TO_NAMESPACE: "true"}}
                  parameters: [{name: meshConfig.enableAutoMtls, value: "false"}]
              destination: {namespace: mesh-system}
            """));

        assertThat(mesh.version()).hasToString("1.23.4");
        assertThat(mesh.config().rootNamespace()).isEqualTo("mesh-system");
        assertThat(mesh.config().outbound()).isEqualTo(MeshConfig.Outbound.REGISTRY_ONLY);
        assertThat(mesh.config().trustedProxies()).isEqualTo(2);
        assertThat(mesh.config().autoMtls()).isFalse();
        assertThat(mesh.config().scopesGatewayToNamespace()).isTrue();
        assertThat(mesh.config().principals("a", "b")).containsExactly("shop.example/ns/a/sa/b");
        assertThat(mesh.services().kubernetes("mesh-system", "istiod")).isPresent();
    }

    @Test
    void the_config_map_that_istiod_reads_comes_first() {
        Mesh mesh = Meshes.of(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system}, data: {mesh:"
                        + " 'trustDomain: a.example'}}",
                "{apiVersion: install.istio.io/v1alpha1, kind: IstioOperator, metadata: {name: x}, spec: {meshConfig:"
                        + " {trustDomain: b.example}}}");

        assertThat(mesh.config().trustDomain()).isEqualTo("a.example");
    }

    @ParameterizedTest
    @CsvSource({
        "default, '', istio-injection: enabled, true",
        "default, RevisionBased, istio-injection: enabled, false",
        "default, RevisionBased, istio.io/rev: default-v1-24-2, true",
        "prod, '', istio.io/rev: prod, true",
        "prod, InPlace, istio-injection: enabled, false",
        "prod, RevisionBased, istio.io/rev: prod, false",
        "prod, RevisionBased, istio.io/rev: next, true",
        "other, RevisionBased, istio.io/rev: next, false",
        "other, '', istio.io/rev: last, true",
    })
    void the_revisions_of_the_sail_operator_have_the_names_of_their_objects(
            String name, String strategy, String label, boolean served) {
        String tag = "{apiVersion: sailoperator.io/v1, kind: IstioRevisionTag, metadata: {name: %s}, spec: {targetRef:"
                + " {kind: %s, name: %s}}}";
        Mesh mesh = Mesh.of(Meshes.manifests(
                "{apiVersion: sailoperator.io/v1, kind: Istio, metadata: {name: %s}, spec: {namespace: mesh, version: v1.24.2, updateStrategy: {type: '%s'}, values: {meshConfig: {trustDomain: a.example}}}}"
                        .formatted(name, strategy),
                tag.formatted("next", "Istio", "prod"),
                tag.formatted("last", "IstioRevision", "other"),
                "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {%s}}}".formatted(label),
                Meshes.deployment("shop", "web")));

        assertThat(Meshes.pod(mesh, "shop", "web").proxy().isSidecar()).isEqualTo(served);
        assertThat(mesh.version()).hasToString("1.24.2");
        assertThat(mesh.config().trustDomain()).isEqualTo("a.example");
        assertThat(mesh.config().rootNamespace()).isEqualTo("mesh");
    }

    @Test
    void an_operator_installs_the_gateways_of_its_profile_and_components() {
        Mesh mesh = Meshes.of("""
            apiVersion: install.istio.io/v1alpha1
            kind: IstioOperator
            metadata: {name: x}
            spec:
              components:
                egressGateways: [{name: istio-egressgateway, enabled: true, label: {zone: dmz}}]
            """);

        assertThat(mesh.pods().selectedBy(Selector.of(Map.of("istio", "ingressgateway"))))
                .singleElement()
                .satisfies(pod -> assertThat(pod.serviceAccount()).isEqualTo("istio-ingressgateway-service-account"));
        assertThat(mesh.pods().selectedBy(Selector.of(Map.of("zone", "dmz")))).hasSize(1);
    }

    @Test
    void a_gateway_of_the_gateway_api_makes_its_own_pods() {
        Mesh mesh = Meshes.of(
                """
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: edge, namespace: shop}
                spec: {gatewayClassName: istio, listeners: [{name: http, port: 80, protocol: HTTP}]}
                """,
                "{apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: a, namespace: shop},"
                        + " spec: {targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: edge}]}}");

        Pod pod = Meshes.pod(mesh, "shop", "edge-istio");
        assertThat(mesh.services()
                        .kubernetes("shop", "edge-istio")
                        .orElseThrow()
                        .ports())
                .extracting(ServicePort::number)
                .containsExactly(15021, 80);
        assertThat(mesh.authorizationPolicies().evaluate(pod, Call.to(80)).isDenied())
                .isTrue();
    }

    @Test
    void charts_that_are_not_istios_make_nothing() {
        Mesh mesh = Meshes.of(
                """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: x}
                spec: {source: {repoURL: https://charts.example.com, chart: gateway}, destination: {namespace: a}}
                """,
                "{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: y}, spec: {source: [x],"
                        + " sources: {a: b}, destination: 3}}");

        assertThat(mesh.pods().all()).isEmpty();
        assertThat(mesh.services().all()).isEmpty();
    }

    @Test
    void externals_are_there_although_nothing_here_makes_them() {
        Mesh mesh = Meshes.of("""
            apiVersion: meshwright.io/v1
            kind: Externals
            metadata: {name: outside}
            spec:
              namespaces: {argocd: {istio-injection: enabled}}
              services:
              - name: argocd-server
                namespace: argocd
                ports: [{name: http, port: 80, targetPort: 8080}]
                pods: {labels: {app: argocd-server}, serviceAccount: argocd-server}
              secrets: [istio-ingress/tls]
              hosts: ["*.example.com"]
            """);

        Pod pod = Meshes.pod(mesh, "argocd", "argocd-server");
        assertThat(pod.proxy().isSidecar()).isTrue();
        assertThat(mesh.services().selecting(pod))
                .extracting(Service::host)
                .containsExactly("argocd-server.argocd.svc.cluster.local");
        assertThat(mesh.externals().hasSecret("istio-ingress", "tls")).isTrue();
        assertThat(mesh.externals().hasHost("a.example.com")).isTrue();
        assertThat(mesh.namespaces().exists("argocd")).isTrue();
    }

    private static String istiod(String name, String values) {
        return """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: %s}
            spec:
              source: {repoURL: https://blob.istio.io/istio-release/charts, chart: istiod, targetRevision: 1.26.2, helm: {valuesObject: {%s}}}
              destination: {namespace: istio-system}
            """.formatted(name, values);
    }

    @Test
    void the_services_of_two_control_planes_choose_each_its_own_pods() {
        Mesh mesh = Meshes.of(istiod("a", ""), istiod("b", "revision: next"));

        for (String name : java.util.List.of("istiod", "istiod-next")) {
            assertThat(mesh.services()
                            .pods(mesh.services()
                                    .kubernetes("istio-system", name)
                                    .orElseThrow()))
                    .as(name)
                    .extracting(Pod::name)
                    .containsExactly(name);
        }
        assertThat(Meshes.pod(mesh, "istio-system", "istiod").labels())
                .containsEntry("istio", "pilot")
                .containsEntry("istio.io/rev", "default");
        assertThat(Meshes.pod(mesh, "istio-system", "istiod-next").labels())
                .containsEntry("istio", "istiod")
                .containsEntry("istio.io/rev", "next");
    }

    @ParameterizedTest
    @CsvSource({"'', false", "'sidecarInjectorWebhook: {enableNamespacesByDefault: true}', true"})
    void a_control_plane_may_inject_where_nobody_says_anything(String values, boolean injected) {
        Mesh mesh = Meshes.of(istiod("a", values), Meshes.plain("shop"), Meshes.deployment("shop", "web"));

        assertThat(Meshes.pod(mesh, "shop", "web").proxy().isSidecar()).isEqualTo(injected);
    }

    @ParameterizedTest
    @CsvSource({
        "'sidecarInjectorWebhook: {neverInjectSelector: [{matchLabels: {app: web}}]}', false",
        "'sidecarInjectorWebhook: {neverInjectSelector: [{matchLabels: {app: other}}]}', true",
        "'sidecarInjectorWebhook: {neverInjectSelector: [{}]}', true",
        "'global: {proxy: {autoInject: disabled}}', false",
        "'global: {proxy: {autoInject: enabled}}', true",
        "'global: {proxy: {autoInject: disabled}},"
                + " sidecarInjectorWebhook: {alwaysInjectSelector: [{matchLabels: {app: web}}]}', true"
    })
    void pods_that_the_injector_leaves_out_get_no_proxy_unless_they_ask(String values, boolean injected) {
        String asking = Meshes.deployment("shop", "web")
                .replace("labels: {app: web}", "labels: {app: web, sidecar.istio.io/inject: \"true\"}");

        Mesh mesh = Meshes.of(istiod("a", values), Meshes.injected("shop"), Meshes.deployment("shop", "web"));
        Mesh asked = Meshes.of(istiod("a", values), Meshes.injected("shop"), asking);

        assertThat(Meshes.pod(mesh, "shop", "web").proxy().isSidecar()).isEqualTo(injected);
        assertThat(Meshes.pod(asked, "shop", "web").proxy().isSidecar()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1",
        "'autoscaling: {minReplicas: 3}, replicaCount: 5', 3",
        "'autoscaling: {enabled: false, minReplicas: 3}, replicaCount: 5', 5"
    })
    void a_gateway_of_the_chart_has_as_many_pods_as_its_autoscaler_or_its_values_say(String values, int pods) {
        Mesh mesh =
                Meshes.of(Meshes.gatewayChart().replace("valuesObject: {}", "valuesObject: {%s}".formatted(values)));

        assertThat(Meshes.pod(mesh, "istio-ingress", "istio-ingressgateway").replicas())
                .hasValue(pods);
    }

    private static String switched(String revision, String value) {
        return """
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: istiod-%1$s, namespace: istio-system,
              labels: {istio.io/rev: %1$s}}, spec: {template: {spec: {containers: [{name: discovery,
              image: "docker.io/istio/pilot:1.26.2", env: [{name: PILOT_SCOPE_GATEWAY_TO_NAMESPACE, value: "%2$s"},
              {name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]}]}}}}
            """.formatted(revision, value);
    }

    private static String map(String name) {
        return "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, namespace: istio-system}, data: {mesh: 'enableAutoMtls: false'}}"
                .formatted(name);
    }

    @Test
    void the_environment_of_a_rendered_istiod_counts() {
        MeshConfig alone = Meshes.of(switched("default", "true")).config();
        MeshConfig beside = Meshes.of(switched("default", "true"), map("istio")).config();
        MeshConfig named = Meshes.of(switched("blue", "true"), switched("default", "false"), map("istio-blue"))
                .config();

        assertThat(alone.scopesGatewayToNamespace()).isTrue();
        assertThat(alone.autoMtls()).isTrue();
        assertThat(beside.scopesGatewayToNamespace()).isTrue();
        assertThat(beside.autoMtls()).isFalse();
        assertThat(named.scopesGatewayToNamespace()).isTrue();
    }

    @Test
    void of_several_that_differ_none_counts() {
        assertThat(Meshes.of(switched("blue", "true"), switched("default", "false"))
                        .config()
                        .scopesGatewayToNamespace())
                .isFalse();
        assertThat(Meshes.of(switched("default", "true"), switched("default", "false"), map("istio"))
                        .config()
                        .scopesGatewayToNamespace())
                .isFalse();
    }
}
