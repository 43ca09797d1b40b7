package io.meshwright.construct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshwright.construct.pod.Pod;
import io.meshwright.construct.pod.PodContainer;
import io.meshwright.construct.pod.PodMount;
import io.meshwright.construct.pod.PodProbe;
import io.meshwright.construct.pod.PodVolume;
import io.meshwright.construct.pod.Scale;
import io.meshwright.value.ImageReference;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.Quantity;
import io.meshwright.value.workload.Resources;
import io.meshwright.value.workload.Storage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.cdk8s.Chart;
import org.cdk8s.Testing;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    @Test
    void a_pod_is_restricted_without_being_told() {
        JsonNode pod = synthesize(workload -> workload.controller(Controller.deployment(Scale.fixed(1))))
                .get("Deployment")
                .at("/spec/template/spec");

        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(pod.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod.at("/containers/0/securityContext/readOnlyRootFilesystem")
                        .asBoolean())
                .isTrue();
        assertThat(pod.at("/containers/0/securityContext/capabilities/drop/0").asText())
                .isEqualTo("ALL");
    }

    @Test
    void more_than_one_replica_has_a_disruption_budget_and_one_has_none() {
        assertThat(synthesize(workload -> workload.controller(Controller.deployment(Scale.fixed(2))))
                        .get("PodDisruptionBudget")
                        .at("/spec/maxUnavailable")
                        .asInt())
                .isEqualTo(1);
        assertThat(synthesize(workload -> workload.controller(Controller.deployment(Scale.fixed(1)))))
                .doesNotContainKey("PodDisruptionBudget");
    }

    @Test
    void a_volume_of_its_own_makes_it_a_stateful_set() {
        JsonNode set = synthesize(workload -> workload.controller(Controller.statefulSet(
                        Scale.fixed(1), new Storage(Quantity.of("10Gi"), "/data", "managed-csi"), Name.of("db"))))
                .get("StatefulSet");

        assertThat(set.at("/spec/serviceName").asText()).isEqualTo("db");
        assertThat(set.at("/spec/volumeClaimTemplates/0/spec/storageClassName").asText())
                .isEqualTo("managed-csi");
        assertThat(set.at("/spec/volumeClaimTemplates/0/spec/resources/requests/storage")
                        .asText())
                .isEqualTo("10Gi");
    }

    @Test
    void a_shared_volume_is_remounted_by_recreating_the_pod() {
        assertThat(synthesize(workload -> workload.controller(Controller.onePodAtATime()))
                        .get("Deployment")
                        .at("/spec/strategy/type")
                        .asText())
                .isEqualTo("Recreate");
    }

    @Test
    void an_autoscaler_decides_on_the_replicas() {
        assertThat(synthesize(workload -> workload.controller(Controller.deployment(Scale.autoscaled(1))))
                        .get("Deployment")
                        .at("/spec")
                        .has("replicas"))
                .isFalse();
    }

    @Test
    void two_workloads_can_share_a_service_account() {
        assertThat(synthesize(workload -> workload.ownServiceAccount(false))).doesNotContainKey("ServiceAccount");
    }

    @Test
    void one_pod_on_every_node_tolerates_every_taint() {
        Pod pod = Pod.of("agent")
                .container(container("agent").build())
                .placement(Pod.Placement.EVERY_NODE)
                .build();

        JsonNode set = synthesize(workload -> workload.pod(pod).controller(Controller.onEveryNode()))
                .get("DaemonSet");

        assertThat(set.at("/spec/template/spec/tolerations/0/operator").asText())
                .isEqualTo("Exists");
        assertThat(set.at("/spec/template/spec").has("hostNetwork")).isFalse();
    }

    @Test
    void containers_see_their_volumes() {
        Pod pod = Pod.of("web")
                .volume(PodVolume.config("site", "web-site"))
                .container(container("web")
                        .mount(PodMount.readOnly("site", "/srv"))
                        .build())
                .build();

        JsonNode spec =
                synthesize(workload -> workload.pod(pod)).get("Deployment").at("/spec/template/spec");

        assertThat(spec.at("/volumes/0/configMap/name").asText()).isEqualTo("web-site");
        assertThat(spec.at("/containers/0/volumeMounts/0/readOnly").asBoolean()).isTrue();
    }

    @Test
    void a_container_without_resources_is_refused() {
        assertThatThrownBy(() -> PodContainer.named("web")
                        .image(ImageReference.of("docker.io/library/nginx:1.29.1"))
                        .build())
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("resources");
    }

    private static PodContainer.Builder container(String name) {
        return PodContainer.named(name)
                .image(ImageReference.of("docker.io/library/nginx:1.29.1"))
                .port("http", 8080)
                .resources(Resources.of("10m", "16Mi", "32Mi"))
                .probe(PodProbe.http("/", "http"));
    }

    private static Map<String, JsonNode> synthesize(Consumer<Workload.Builder> settings) {
        Chart chart = Testing.chart();
        Workload.Builder workload = Workload.Builder.create(chart, "web")
                .name(Name.of("web"))
                .namespace(Name.of("shop"))
                .pod(Pod.of("web")
                        .version("v1")
                        .container(container("web").build())
                        .build());
        settings.accept(workload);
        workload.build();
        Map<String, JsonNode> byKind = new LinkedHashMap<>();
        new ObjectMapper()
                .valueToTree(Testing.synth(chart))
                .forEach(object -> byKind.put(object.path("kind").asText(), object));
        return byKind;
    }
}
