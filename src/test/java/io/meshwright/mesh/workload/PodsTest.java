package io.meshwright.mesh.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "apps/v1 Deployment",
                "apps/v1 StatefulSet",
                "apps/v1 DaemonSet",
                "apps/v1 ReplicaSet",
                "batch/v1 Job",
                "argoproj.io/v1alpha1 Rollout",
                "extensions/v1beta1 Deployment"
            })
    void every_template_makes_pods(String type) {
        Mesh mesh = Meshes.of("""
            apiVersion: %s
            kind: %s
            metadata: {name: web, namespace: shop}
            spec: {template: {metadata: {labels: {app: web}}, spec: {serviceAccountName: web}}}
            """.formatted((Object[]) type.split(" ")));

        assertThat(mesh.pods().selectedBy("shop", Selector.of(Map.of("app", "web"))))
                .singleElement()
                .satisfies(pod -> assertThat(pod.serviceAccount()).isEqualTo("web"));
    }

    @Test
    void a_cron_job_and_a_bare_pod_make_pods() {
        Mesh mesh = Meshes.of(
                """
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: nightly}
                spec: {jobTemplate: {spec: {template: {metadata: {labels: {app: nightly}}, spec: {containers: []}}}}}
                """,
                "{apiVersion: v1, kind: Pod, metadata: {name: bare, labels: {app: bare}}, spec: {containers: []}}");

        assertThat(mesh.pods().in("default")).extracting(Pod::name).containsExactly("bare", "nightly");
    }

    @Test
    void ports_keep_their_places() {
        Mesh mesh = Meshes.of(Meshes.deployment("shop", "web"));

        ContainerPort port = Meshes.pod(mesh, "shop", "web").ports().get(0);
        assertThat(port.number()).isEqualTo(8080);
        assertThat(port.source().place()).hasToString("test.yaml:9:41");
    }

    @Test
    void an_autoscaler_says_how_many_pods_there_are_at_least() {
        Mesh mesh = Meshes.of(Meshes.deployment("shop", "web"), Meshes.deployment("shop", "api"), """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: web, namespace: shop}
            spec: {scaleTargetRef: {kind: Deployment, name: web}, minReplicas: 4}
            """);

        assertThat(Meshes.pod(mesh, "shop", "web").replicas()).hasValue(4);
        assertThat(Meshes.pod(mesh, "shop", "api").replicas()).hasValue(1);
    }

    @Test
    void labels_that_only_a_cluster_knows_do_not_exclude_a_pod() {
        Pod pod = Meshes.pod(Meshes.of(Meshes.deployment("shop", "web")), "shop", "web");

        assertThat(pod.isSelectedBy(Selector.of(Map.of("rollouts-pod-template-hash", "x"))))
                .isTrue();
        assertThat(pod.isSelectedBy(Selector.of(Map.of("version", "v1")))).isFalse();
    }

    @Test
    void a_rollout_can_borrow_the_template_of_a_deployment() {
        Mesh mesh = Meshes.of(Meshes.deployment("shop", "web"), """
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: web-rollout, namespace: shop}
            spec: {replicas: 3, workloadRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
            """);

        assertThat(Meshes.pod(mesh, "shop", "web-rollout").replicas()).hasValue(3);
        assertThat(Meshes.pod(mesh, "shop", "web-rollout").source().manifest().kind())
                .isEqualTo(Kind.DEPLOYMENT);
    }

    @Test
    void templates_of_the_wrong_type_make_no_pods() {
        assertThat(Meshes.of(
                                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: [x]}",
                                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: b}, spec: {template:"
                                        + " {metadata: 3, spec: x}}}",
                                "{apiVersion: v1, kind: Pod, metadata: {name: c, labels: [x]}, spec: {containers: {a:"
                                        + " b}, serviceAccountName: 3}}")
                        .pods()
                        .all())
                .extracting(Pod::name)
                .containsExactly("c");
    }

    @Test
    void labels_that_everybody_knows_count_beside_those_that_only_a_cluster_knows() {
        Pod pod = Meshes.pod(Meshes.of(Meshes.deployment("shop", "web")), "shop", "web");
        String zone = "topology.kubernetes.io/zone";

        assertThat(pod.isSelectedBy(Selector.of(Map.of(zone, "a", "app", "web"))))
                .isTrue();
        assertThat(pod.isSelectedBy(Selector.of(Map.of(zone, "a", "app", "cart"))))
                .isFalse();
        assertThat(pod.isSelectedBy(Selector.of(Map.of(zone, "", "app", "web"))))
                .isFalse();
    }

    @Test
    void a_named_target_means_the_port_of_that_name_and_transport() {
        String ports = "ports: [{name: first, containerPort: 1}, {name: dns, containerPort: 53, protocol: UDP},"
                + " {name: metrics, containerPort: 9090}]";
        Mesh mesh = Meshes.of(
                Meshes.deployment("shop", "web").replace("ports: [{name: http, containerPort: 8080}]", ports),
                "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}, ports: ["
                        + "{name: a, port: 1, targetPort: metrics}, {name: b, port: 2, targetPort: dns}, {name: c, port: 2,"
                        + " targetPort: dns, protocol: UDP}, {name: d, port: 3, targetPort: none}]}}");
        Pod pod = Meshes.pod(mesh, "shop", "web");

        assertThat(mesh.services().kubernetes("shop", "web").orElseThrow().ports())
                .extracting(port -> port.on(pod).orElse(0))
                .containsExactly(9090, 0, 53, 0);
    }

    @Test
    void kedas_scaler_says_how_many_pods_there_are_at_least_and_without_a_word_none() {
        String scaler =
                "{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: {name: web, namespace: shop}, spec: {scaleTargetRef: {name: web}%s}}";

        assertThat(Meshes.pod(
                                Meshes.of(Meshes.deployment("shop", "web"), scaler.formatted(", minReplicaCount: 3")),
                                "shop",
                                "web")
                        .replicas())
                .hasValue(3);
        assertThat(Meshes.pod(Meshes.of(Meshes.deployment("shop", "web"), scaler.formatted("")), "shop", "web")
                        .replicas())
                .hasValue(0);
        assertThat(Meshes.pod(
                                Meshes.of(Meshes.deployment("shop", "web").replace("Deployment", "DaemonSet")),
                                "shop",
                                "web")
                        .replicas())
                .isEmpty();
    }

    @Test
    void pods_are_found_by_the_service_account_under_which_they_run() {
        Pods pods = Meshes.of(
                        Meshes.deployment("shop", "web"),
                        Meshes.deployment("shop", "old").replace("serviceAccountName: old", "serviceAccount: former"),
                        "{apiVersion: v1, kind: Pod, metadata: {name: bare, namespace: shop}, spec: {containers: []}}")
                .pods();

        assertThat(pods.withServiceAccount("shop", "web")).extracting(Pod::name).containsExactly("web");
        assertThat(pods.withServiceAccount("shop", "former"))
                .extracting(Pod::name)
                .containsExactly("old");
        assertThat(pods.withServiceAccount("shop", "default"))
                .extracting(Pod::name)
                .containsExactly("bare");
        assertThat(pods.withServiceAccount("ops", "web")).isEmpty();
        assertThat(pods.withPrincipal("cluster.local/ns/shop/sa/web"))
                .extracting(Pod::name)
                .containsExactly("web");
        assertThat(pods.withPrincipal("cluster.local/ns/shop/sa")).isEmpty();
    }

    @Test
    void an_experiment_makes_services_of_its_templates() {
        Mesh mesh = Meshes.of(
                "{apiVersion: argoproj.io/v1alpha1, kind: Experiment, metadata: {name: e, namespace: shop}, spec: {templates: [{name: a, service: {name: trial}}, {name: b}]}}",
                "{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: r, namespace: shop}, spec: {strategy: {canary: {steps: [{setWeight: 5}, {experiment: {templates: [{name: a, service: {name: step}}]}}]}}}}");

        assertThat(mesh.experiments().make("trial.shop.svc.cluster.local")).isTrue();
        assertThat(mesh.experiments().make("step.shop.svc.cluster.local")).isTrue();
        assertThat(mesh.experiments().make("b.shop.svc.cluster.local")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "canary: {stableMetadata: {labels: {role: now}}, canaryMetadata: {labels: {role: next}}}",
                "blueGreen: {activeMetadata: {labels: {role: now}}, previewMetadata: {labels: {role: next}}}"
            })
    void a_rollout_labels_its_pods_besides_their_template(String strategy) {
        Mesh mesh = Meshes.of("""
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: web, namespace: shop}
            spec: {replicas: 3, template: {metadata: {labels: {app: web}}, spec: {containers: []}}, strategy: {%s}}
            """.formatted(strategy));

        assertThat(mesh.pods().selectedBy("shop", Selector.of(Map.of("app", "web", "role", "now"))))
                .extracting(pod -> pod.replicas().orElse(-1))
                .containsExactly(3);
        assertThat(mesh.pods().selectedBy("shop", Selector.of(Map.of("app", "web", "role", "next"))))
                .extracting(pod -> pod.replicas().orElse(-1))
                .containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "[]", "7", "{}", "{canary: null}", "{canary: {stableMetadata: 7, canaryMetadata: []}}"})
    void a_strategy_that_is_none_labels_nothing(String strategy) {
        Mesh mesh = Meshes.of("""
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: web, namespace: shop}
            spec: {template: {metadata: {labels: {app: web}}, spec: {containers: []}}, strategy: %s}
            """.formatted(strategy));

        assertThat(mesh.pods().selectedBy("shop", Selector.of(Map.of("app", "web"))))
                .hasSize(1);
    }
}
