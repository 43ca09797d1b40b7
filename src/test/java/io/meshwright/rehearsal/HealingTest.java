package io.meshwright.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.meshwright.rehearsal.process.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The three actions of {@code meshwright heal} on homelab with {@code aiOps.healing}: each process has its account's
 * token and no other right, Argo Rollouts moves weights, the API server evicts and an autoscaler scales, and Argo CD
 * sees nothing to take back.
 */
@Tag("rehearsal")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HealingTest {
    private static final String FIXED = """
            scale: {replicas: 2}
                allowFrom: [web-service]""";
    private static final String AUTOSCALED = """
            scale: {autoscale: {type: hpa, minReplicas: 2, maxReplicas: 6}}
                allowFrom: [web-service]""";
    private static final String HEALED = """

            aiOps:
              forecasts: true
              healing:
                image: registry.example.org/meshwright:0.1.0@sha256:%s
                abortRollout: {services: [web-service]}
                evictPod: {services: [web-service]}
                moveMinimum: {services: {was-service: 4}}
            """.formatted("0".repeat(64));
    private static final Patience MOVING = Patience.of(600);
    private static final String NAMESPACE = "blog-system";
    private static final String RAISED = "ALERTS";
    private static final String DRAINED = "kube_node_spec_unschedulable";
    private static final Map<String, String> WEB = service("web-service");

    private static Rehearsal rehearsal;
    private static PrometheusStandIn prometheus;
    private static Canary canary;
    private static Path rollout;

    @BeforeAll
    static void deliver(@TempDir Path temporary) throws Exception {
        String file = Dist.file("homelab");
        assertThat(file).contains(FIXED);
        rehearsal = Rehearsal.of("healing")
                .nodes(StandIns.of("homelab"))
                .argoCd(Dist.synthesized(
                        "homelab", file.replace(FIXED, AUTOSCALED).concat(HEALED), temporary))
                .start();
        prometheus = PrometheusStandIn.start();
        prometheus.answer(DRAINED, Optional.of("0"));
        rehearsal.apply("homelab");
        rehearsal.settle();
        rollout = rehearsal.delivery().file("services/rollout.%s.web.yaml".formatted(NAMESPACE));
        canary = new Canary(rehearsal.client(), Dist.read(rollout));
    }

    @AfterAll
    static void end() throws Exception {
        if (prometheus != null) {
            prometheus.close();
        }
        if (rehearsal != null) {
            rehearsal.close();
        }
    }

    @Test
    @Order(1)
    void each_account_may_do_what_its_action_needs_and_nothing_else() {
        assertThat(allowed("abort-rollout"))
                .containsExactly("get rollouts web", "patch rollouts/status web", "create events");
        assertThat(allowed("evict-pod")).containsExactly("list pods", "create pods/eviction", "create events");
        assertThat(allowed("move-minimum"))
                .containsExactly(
                        "get horizontalpodautoscalers was", "patch horizontalpodautoscalers was", "create events");
    }

    @Test
    @Order(2)
    void a_trial_is_answered_by_the_api_server_and_leaves_a_release_alone() throws Exception {
        release("2.0.0");
        moved(10);

        try (HealingProcess trial = HealingProcess.start(rehearsal, "abort-rollout", 17601, Map.of())) {
            assertThat(trial.tell("ServiceErrorBudgetBurnsFast", false, WEB))
                    .startsWith("tried ServiceErrorBudgetBurnsFast: a trial: abort the release of blog-system/web");
        }

        assertThat(canary.weights()).containsOnly(10);
        assertThat(reasons()).containsExactly("HealingTried");
    }

    @Test
    @Order(3)
    void a_release_is_aborted_once_and_git_has_nothing_to_take_back() throws Exception {
        try (HealingProcess acting = HealingProcess.start(rehearsal, "abort-rollout", 17602, acting())) {
            prometheus.answer(RAISED, Optional.empty());
            assertThat(acting.tell("ServiceErrorBudgetBurnsFast", false, WEB))
                    .isEqualTo("held ServiceErrorBudgetBurnsFast: Prometheus does not raise the alert");
            prometheus.answer(RAISED, Optional.of("1"));
            prometheus.answer(DRAINED, Optional.of("1"));
            assertThat(acting.tell("ServiceErrorBudgetBurnsFast", false, WEB))
                    .isEqualTo("held ServiceErrorBudgetBurnsFast: a node is drained, or closed for pods");
            prometheus.answer(DRAINED, Optional.of("0"));
            switched("false");
            assertThat(acting.tell("ServiceErrorBudgetBurnsFast", false, WEB))
                    .isEqualTo("held ServiceErrorBudgetBurnsFast: it is switched off");
            switched("true");
            assertThat(canary.weights()).containsOnly(10);

            assertThat(acting.tell("ServiceErrorBudgetBurnsFast", false, WEB))
                    .startsWith("acted ServiceErrorBudgetBurnsFast: abort the release of blog-system/web")
                    .doesNotContain("did not take the news");

            moved(0);
            MOVING.await("the Rollout to be degraded", () -> canary.phase().equals("Degraded"), canary::message);
            assertThat(acting.tell("ServiceErrorBudgetBurnsFast", false, WEB))
                    .isEqualTo("held ServiceErrorBudgetBurnsFast: the release of blog-system/web is aborted already");
        }
        assertThat(rehearsal.watchFor(Duration.ofSeconds(60))).isEmpty();
        assertThat(canary.weights()).containsOnly(0);
        assertThat(reasons()).contains("Healing");
        assertThat(prometheus.queries())
                .anyMatch(sent -> sent.startsWith("/api/v2/alerts") && sent.contains("\"HealingActed\""));
        release("1.4.2");
        MOVING.await("the Rollout to be healthy", () -> canary.phase().equals("Healthy"), canary::message);
    }

    @Test
    @Order(4)
    void one_pod_is_evicted_and_the_last_ready_one_stays() throws Exception {
        MOVING.await("two pods to be ready", () -> ready().size() == 2);
        Pod first = ready().get(0);
        try (HealingProcess acting = HealingProcess.start(rehearsal, "evict-pod", 17603, acting())) {
            closed(true); // what takes an evicted pod's place waits, so that one is ready
            assertThat(acting.tell("MemoryReachesLimit", false, pod(first)))
                    .startsWith("acted MemoryReachesLimit: evict pod %s of blog-system/web"
                            .formatted(first.getMetadata().getName()));
            MOVING.await("the pod to be gone", () -> ready().size() == 1);

            assertThat(acting.tell("MemoryReachesLimit", false, pod(ready().get(0))))
                    .contains("held MemoryReachesLimit: without ", "only 0 pods of blog-system/web are ready");
            assertThat(ready()).hasSize(1);
        } finally {
            closed(false);
        }
        MOVING.await("two pods to be ready again", () -> ready().size() == 2);
    }

    @Test
    @Order(5)
    void an_autoscaler_s_minimum_goes_up_by_one_and_back() throws Exception {
        Map<String, String> was = service("was-service");
        try (HealingProcess acting = HealingProcess.start(rehearsal, "move-minimum", 17604, acting())) {
            MOVING.await("two pods", () -> pods() == 2);
            assertThat(acting.tell("ServiceLatencyBudgetBurnsSlowly", false, was))
                    .contains("move the minimum of blog-system/was from 2 to 3 pods");
            MOVING.await("three pods", () -> pods() == 3);
            assertThat(rehearsal.watchFor(Duration.ofSeconds(60))).isEmpty();
            assertThat(pods()).isEqualTo(3);

            prometheus.answer(RAISED, Optional.empty());
            assertThat(acting.tell("ServiceLatencyBudgetBurnsSlowly", true, was))
                    .contains("from 3 to 2 pods");
            prometheus.answer(RAISED, Optional.of("1"));
        }
        assertThat(minimum()).isEqualTo(2);
    }

    @Test
    @Order(6)
    void all_processes_together_keep_the_limit_of_an_hour() throws Exception {
        Map<String, JsonNode> one = Map.of("dryRun", BooleanNode.FALSE, "hourly", IntNode.valueOf(1));
        try (HealingProcess acting = HealingProcess.start(rehearsal, "evict-pod", 17605, one)) {
            Pod first = ready().get(0);
            assertThat(acting.tell("MemoryReachesLimit", false, pod(first)))
                    .contains("held MemoryReachesLimit: ", " actions were taken within an hour, which is the limit");
            assertThat(ready()).contains(first);
        }
    }

    private static Map<String, JsonNode> acting() {
        return Map.of("dryRun", BooleanNode.FALSE, "hourly", IntNode.valueOf(20));
    }

    private static Map<String, String> pod(Pod pod) {
        return Map.of("namespace", NAMESPACE, "pod", pod.getMetadata().getName(), "container", "web");
    }

    private static List<Pod> ready() {
        return rehearsal.client().pods().inNamespace(NAMESPACE).withLabel("app", "web").list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(Readiness::isPodReady)
                .toList();
    }

    /** How many pods the autoscaler asks for; without metrics it keeps its minimum. */
    private static int pods() {
        return rehearsal
                .client()
                .apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName("was")
                .get()
                .getSpec()
                .getReplicas();
    }

    private static int minimum() {
        return rehearsal
                .client()
                .autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(NAMESPACE)
                .withName("was")
                .get()
                .getSpec()
                .getMinReplicas();
    }

    private static Map<String, String> service(String name) {
        return Map.of("destination_service_namespace", NAMESPACE, "destination_service_name", name);
    }

    private static void closed(boolean closed) {
        rehearsal
                .client()
                .nodes()
                .list()
                .getItems()
                .forEach(node -> rehearsal
                        .client()
                        .resource(node)
                        .patch(
                                PatchContext.of(PatchType.JSON_MERGE),
                                "{\"spec\": {\"unschedulable\": %s}}".formatted(closed)));
    }

    private static void switched(String word) {
        rehearsal
                .client()
                .configMaps()
                .inNamespace("healing")
                .withName("healing")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\": {\"enabled\": \"%s\"}}".formatted(word));
    }

    private static List<String> reasons() {
        return rehearsal.client().v1().events().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(event -> event.getReason() != null && event.getReason().startsWith("Healing"))
                .map(event -> event.getReason())
                .toList();
    }

    private static void release(String tag) throws Exception {
        new Change(
                        rollout,
                        "/spec/template/spec/containers/0/image",
                        TextNode.valueOf("ghcr.io/jiminhome/blog-web:%s".formatted(tag)))
                .write();
        rehearsal.delivery().commit("Release %s".formatted(tag));
    }

    private static void moved(int weight) throws Exception {
        MOVING.await(
                "weight %d".formatted(weight),
                () -> canary.weighs(weight),
                () -> "%s%n%s".formatted(canary.weights(), canary.message()));
    }

    /**
     * What the API server lets an account do in the namespace of its targets, of all that could do harm or is needed.
     */
    private static List<String> allowed(String account) {
        List<String> allowed = new ArrayList<>();
        for (String resource : List.of(
                "argoproj.io rollouts web",
                "argoproj.io rollouts other",
                "argoproj.io rollouts/status web",
                "argoproj.io rollouts/status other",
                " pods ",
                " pods/eviction ",
                " pods/exec web",
                " secrets ",
                " configmaps ",
                "apps deployments web",
                "apps deployments/scale web",
                "autoscaling horizontalpodautoscalers was",
                "autoscaling horizontalpodautoscalers other",
                "rbac.authorization.k8s.io rolebindings ",
                " events ")) {
            String[] parts = resource.split(" ", -1);
            Stream.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection")
                    .filter(verb -> may(account, verb, parts[0], parts[1], parts[2]))
                    .map(verb -> "%s %s %s".formatted(verb, parts[1], parts[2]).strip())
                    .forEach(allowed::add);
        }
        return allowed;
    }

    private static boolean may(String account, String verb, String group, String resource, String name) {
        ResourceAttributes asked = new ResourceAttributes();
        asked.setNamespace(NAMESPACE);
        asked.setVerb(verb);
        asked.setGroup(group);
        asked.setName(name);
        asked.setResource(resource.split("/")[0]);
        asked.setSubresource(resource.contains("/") ? resource.split("/")[1] : "");
        return rehearsal
                .client()
                .resource(new SubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withUser("system:serviceaccount:healing:%s".formatted(account))
                        .withResourceAttributes(asked)
                        .endSpec()
                        .build())
                .create()
                .getStatus()
                .getAllowed();
    }
}
