package io.meshwright.mesh.demand;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.value.workload.NodePool;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemandsTest {
    private static final String ISTIOD = """
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: {name: istiod, namespace: argocd}
        spec:
          destination: {namespace: istio-system}
          source:
            repoURL: https://blob.istio.io/istio-release/charts
            chart: istiod
            targetRevision: 1.30.5
            helm:
              valuesObject:
                global: {proxy: {resources: {requests: {cpu: 50m, memory: 128Mi}}}}
                pilot: {autoscaleEnabled: false, replicaCount: 2, resources: {requests: {cpu: 100m, memory: 512Mi}}}
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled}}}
        ---
        """;

    private static final String POD = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}, annotations: {%s}}
            spec:
              initContainers: [%s]
              containers: [{name: web, image: web:1, resources: {requests: {cpu: 200m, memory: 512Mi}}}]
        """;

    @Test
    void a_pod_asks_for_its_sidecar_too() {
        assertThat(one(ISTIOD + POD.formatted("", ""), "shop/web")).isEqualTo("2 x 0.25 640 Mi");
    }

    @Test
    void annotations_take_the_place_of_the_sidecar_s_usual_requests() {
        assertThat(one(ISTIOD + POD.formatted("sidecar.istio.io/proxyMemory: 256Mi", ""), "shop/web"))
                .isEqualTo("2 x 0.2 768 Mi");
        assertThat(one(ISTIOD + POD.formatted("sidecar.istio.io/proxyCPULimit: 300m", ""), "shop/web"))
                .isEqualTo("2 x 0.5 512 Mi");
        assertThat(one(ISTIOD + POD.formatted("sidecar.istio.io/inject: \"false\"", ""), "shop/web"))
                .isEqualTo("2 x 0.2 512 Mi");
    }

    @Test
    void an_init_container_counts_where_it_asks_for_more_than_all_that_runs_later() {
        String large = "{name: a, image: a:1, resources: {requests: {cpu: 10m, memory: 1Gi}}}";
        String native_ = "{name: b, image: b:1, restartPolicy: Always, resources: {requests: {cpu: 1, memory: 64Mi}}}";

        assertThat(one(POD.formatted("", large), "shop/web")).isEqualTo("2 x 0.2 1 Gi");
        assertThat(one(POD.formatted("", native_), "shop/web")).isEqualTo("2 x 1.2 576 Mi");
        assertThat(one(POD.formatted("", native_ + ", " + large), "shop/web")).isEqualTo("2 x 1.2 1.1 Gi");
    }

    @Test
    void charts_tell_by_their_values_and_templates_of_pods_are_no_pods() {
        Demands demands = Demands.of(mesh(ISTIOD));

        assertThat(demands.all())
                .extracting(demand -> text(demand))
                .containsExactly("istio-system/istiod (pilot) 2 x 0.1 512 Mi");
    }

    @Test
    void parts_of_a_chart_are_told_apart_and_a_silent_chart_is_named() {
        Demands demands = Demands.of(mesh("""
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: keda, namespace: argocd}
            spec:
              destination: {namespace: keda}
              source:
                repoURL: https://charts.example.org
                chart: keda
                targetRevision: 1.0.0
                helm:
                  valuesObject:
                    resources: {operator: {requests: {cpu: 50m, memory: 100Mi}}, webhooks: {requests: {cpu: 10m}}}
                    speaker: {resources: {requests: {cpu: 20m, memory: 64Mi}}}
                    off: {enabled: false, resources: {requests: {cpu: 1}}}
                    web: {autoscaling: {enabled: true, minReplicas: 2, maxReplicas: 4}, resources: {requests: {cpu: 1}}}
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: silent, namespace: argocd}
            spec:
              destination: {namespace: quiet}
              source: {repoURL: https://charts.example.org, chart: silent, targetRevision: 1.0.0}
            """));

        assertThat(demands.all())
                .extracting(demand -> text(demand))
                .containsExactly(
                        "keda/keda (operator) 1 x 0.05 100 Mi",
                        "keda/keda (speaker) every node x 0.02 64 Mi",
                        "keda/keda (web) 2-4 x 1 0 Mi",
                        "keda/keda (webhooks) 1 x 0.01 0 Mi");
        assertThat(demands.silent()).containsExactly("quiet/silent");
        assertThat(demands.least().cpuText()).isEqualTo("2.06");
        assertThat(demands.most().cpuText()).isEqualTo("4.06");
        assertThat(demands.ofEveryNode().memoryText()).isEqualTo("64 Mi");
    }

    @Test
    void what_a_template_made_is_not_counted_twice_and_foreign_amounts_are_nothing() {
        Demands demands = Demands.of(mesh("""
            apiVersion: v1
            kind: Pod
            metadata: {name: web-1, namespace: shop, ownerReferences: [{kind: ReplicaSet, name: web}]}
            spec: {containers: [{name: web, image: web:1, resources: {requests: {cpu: 1}}}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: alone, namespace: shop}
            spec: {containers: [{name: web, image: web:1, resources: {requests: {cpu: "1e2", memory: much}}}]}
            """));

        assertThat(demands.all()).extracting(demand -> text(demand)).containsExactly("shop/alone 1 x 0 0 Mi");
    }

    @Test
    void a_zone_and_a_node_take_their_room_with_them() {
        Nodes nodes = Nodes.of(mesh("""
            apiVersion: argoproj.io/v1alpha1
            kind: AppProject
            metadata:
              name: shop
              annotations: {meshwright.io/nodes: "big: 1-4 x 8 32Gi in a,b; small: 1-1 x 2 4Gi"}
            """).manifests()).orElseThrow();

        assertThat(nodes.room(Amount.NONE).memoryText()).isEqualTo("132 Gi");
        assertThat(nodes.fewestRoom(Amount.NONE).memoryText()).isEqualTo("36 Gi");
        assertThat(nodes.roomWithOneDrained(Amount.NONE).cpuText()).isEqualTo("26");
        assertThat(nodes.roomWithoutZone(Amount.NONE).orElseThrow().memoryText())
                .isEqualTo("68 Gi");
    }

    @Test
    void the_only_node_is_never_drained_and_nobody_compares_with_nodes_of_several_projects() {
        String project = """
            apiVersion: argoproj.io/v1alpha1
            kind: AppProject
            metadata: {name: %s, annotations: {meshwright.io/nodes: "%s"}}
            """;
        String one = project.formatted("one", "all: 1-1 x 4 8Gi");

        assertThat(Nodes.of(mesh(one).manifests())
                        .orElseThrow()
                        .roomWithOneDrained(Amount.NONE)
                        .cpuText())
                .isEqualTo("4");
        assertThat(Nodes.of(mesh(one + "---\n" + project.formatted("two", "all: 1-1 x 4 8Gi"))
                        .manifests()))
                .isEmpty();
        assertThat(Nodes.of(mesh(project.formatted("one", "all: many")).manifests()))
                .isEmpty();
    }

    @Test
    void a_pool_is_read_as_it_is_written() {
        assertThat(List.of("3-6 x 3860m 12Gi in a,b", "0-1 x 2 4Gi"))
                .allSatisfy(text ->
                        assertThat(NodePool.parse(text).map(NodePool::text)).contains(text));
        assertThat(List.of("6-3 x 2 4Gi", "1-2 x two 4Gi", "1-2 x 2 4Gi in A_B", "99999-99999 x 2 4Gi", ""))
                .allSatisfy(text -> assertThat(NodePool.parse(text)).isEqualTo(Optional.empty()));
    }

    private static String one(String manifests, String name) {
        return Demands.of(mesh(manifests)).all().stream()
                .filter(demand -> demand.name().equals(name))
                .map(demand -> text(demand).substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    private static String text(Demand demand) {
        String pods = demand.least() == demand.most()
                ? Integer.toString(demand.least())
                : "%d-%d".formatted(demand.least(), demand.most());
        return "%s %s x %s %s"
                .formatted(
                        demand.name(),
                        demand.everyNode() ? "every node" : pods,
                        demand.each().cpuText(),
                        demand.each().memoryText());
    }

    private static Mesh mesh(String manifests) {
        return Mesh.of(new ManifestReader().text("all.yaml", manifests).read().manifests());
    }
}
