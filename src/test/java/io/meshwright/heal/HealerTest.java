package io.meshwright.heal;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.web.BoundedClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealerTest {
    private static final String LEASE = "/apis/coordination.k8s.io/v1/namespaces/monitoring/leases/healing";
    private static final String SWITCH = "/api/v1/namespaces/monitoring/configmaps/healing";
    private static final String APPLICATION = "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/services";
    private static final String ROLLOUT = "/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts/web";
    private static final String SCALER = "/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers/web";
    private static final String PODS = "/api/v1/namespaces/shop/pods";
    private static final String EVENTS = "/api/v1/namespaces/shop/events";
    private static final Map<String, String> APP = Map.of("app", "web");
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    private static final FiredAlert BURNS = alert(
            "ServiceErrorBudgetBurnsFast",
            Map.of("destination_service_namespace", "shop", "destination_service_name", "web"));
    private static final FiredAlert GROWS =
            alert("MemoryReachesLimit", Map.of("namespace", "shop", "pod", "web-1", "container", "web"));

    private static final BoundedClient CLIENT = new BoundedClient(Duration.ofSeconds(20));

    private StubCluster cluster;
    private Instant clock = NOW;

    @BeforeEach
    void well() throws IOException {
        cluster = new StubCluster()
                .object(LEASE, "{metadata: {name: healing, resourceVersion: '1'}}")
                .object(SWITCH, "{data: {enabled: 'true'}}")
                .object(APPLICATION, "{status: {operationState: {phase: Succeeded}}}")
                .object(ROLLOUT, "{status: {stableRS: a, currentPodHash: b}}")
                .object(SCALER, "{metadata: {resourceVersion: '7'}, spec: {minReplicas: 2, maxReplicas: 9}}")
                .object(PODS, pods(3))
                .query("count(up == 1)", "1")
                .query("ALERTS", "1")
                .query("kube_node_spec_unschedulable", "0");
    }

    @AfterEach
    void end() {
        cluster.close();
    }

    @Test
    void aborts_the_release_of_a_service_whose_budget_burns_and_tells_people() {
        assertThat(heal(Actions.ABORT_ROLLOUT, BURNS))
                .isEqualTo("acted ServiceErrorBudgetBurnsFast: abort the release of shop/web: the stable version gets"
                        + " all requests again, because of ServiceErrorBudgetBurnsFast");
        assertThat(cluster.writes()).hasSize(3);
        assertThat(cluster.writes().get(0))
                .startsWith("POST " + EVENTS)
                .contains("\"reason\":\"Healing\"", "\"kind\":\"Rollout\"", "\"reportingInstance\":\"abortRollout\"");
        assertThat(cluster.writes().get(1))
                .isEqualTo("PATCH %s/status {\"status\":{\"abort\":true}}".formatted(ROLLOUT));
        assertThat(cluster.writes().get(2))
                .startsWith("POST /api/v2/alerts [")
                .contains(
                        "\"alertname\":\"HealingActed\"",
                        "\"workload\":\"web\"",
                        "\"cluster\":\"lab\"",
                        "\"runbook_url\":\"https://git.example.org/ops.git/HealingActed.md\"");
        assertThat(cluster.at(LEASE).at("/spec/holderIdentity").asText()).isEmpty();
        assertThat(cluster.at(LEASE)
                        .at("/metadata/annotations/meshwright.io~1actions")
                        .asText())
                .isEqualTo(NOW.toString());
    }

    @Test
    void evicts_a_pod_by_its_uid_and_leaves_one_that_came_in_its_place_alone() {
        assertThat(heal(Actions.EVICT_POD, GROWS)).startsWith("acted MemoryReachesLimit: evict pod web-1 of shop/web");
        assertThat(cluster.writes().get(1))
                .startsWith("POST /api/v1/namespaces/shop/pods/web-1/eviction ")
                .contains("\"preconditions\":{\"uid\":\"u1\"}")
                .doesNotContain("dryRun");
    }

    @Test
    void moves_a_minimum_up_by_one_and_back_when_the_alert_is_over() {
        assertThat(heal(Actions.MOVE_MINIMUM, BURNS)).contains("move the minimum of shop/web from 2 to 3 pods");
        assertThat(heal(Actions.MOVE_MINIMUM, BURNS)).contains("from 3 to 4 pods");
        cluster.query("ALERTS", null);
        assertThat(heal(Actions.MOVE_MINIMUM, new FiredAlert(BURNS.labels(), true)))
                .contains("from 4 to 2 pods");
        assertThat(heal(Actions.MOVE_MINIMUM, new FiredAlert(BURNS.labels(), true)))
                .isEqualTo("held ServiceErrorBudgetBurnsFast: the minimum of shop/web is 2, as declared");
        assertThat(cluster.writes()).anyMatch(write -> write.contains("\"resourceVersion\":\"7\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abortRollout", "evictPod", "moveMinimum"})
    void a_trial_asks_the_api_server_and_changes_nothing(String word) {
        Actions kind = Actions.of(word);
        FiredAlert alert = kind == Actions.EVICT_POD ? GROWS : BURNS;

        assertThat(line(healer(kind, true, 4, "one").heal(List.of(alert))))
                .startsWith("tried ")
                .contains("a trial: ");
        assertThat(cluster.writes().get(0)).contains("\"reason\":\"HealingTried\"");
        assertThat(cluster.writes().get(1)).containsPattern("dryRun=All|\"dryRun\":\\[\"All\"]");
        assertThat(cluster.at(SCALER).at("/spec/minReplicas").asInt()).isEqualTo(2);
    }

    @Test
    void nothing_is_done_while_the_switch_is_off_or_cannot_be_read() throws IOException {
        cluster.object(SWITCH, "{data: {enabled: 'false'}}");
        assertThat(heal(Actions.ABORT_ROLLOUT, BURNS)).endsWith(": it is switched off");
        cluster.object(SWITCH, "{data: {}}");
        assertThat(heal(Actions.ABORT_ROLLOUT, BURNS)).endsWith(": it is switched off");
        cluster.without(SWITCH);
        assertThat(heal(Actions.ABORT_ROLLOUT, BURNS)).contains("the switch cannot be read: 404");
        assertThat(cluster.writes()).isEmpty();
    }

    @Test
    void nothing_is_done_while_prometheus_is_blind_or_does_not_raise_the_alert() {
        cluster.query("count(up == 1)", "0.5");
        assertThat(heal(Actions.ABORT_ROLLOUT, BURNS)).contains("Prometheus is blind");
        cluster.query("count(up == 1)", "NaN");
        assertThat(heal(Actions.ABORT_ROLLOUT, BURNS)).startsWith("held ");
        cluster.query("count(up == 1)", null);
        assertThat(heal(Actions.ABORT_ROLLOUT, BURNS)).contains("Prometheus is blind");
        cluster.query("count(up == 1)", "1").query("ALERTS", null);
        assertThat(heal(Actions.ABORT_ROLLOUT, BURNS)).endsWith("Prometheus does not raise the alert");
        cluster.query("ALERTS", "1");
        assertThat(heal(Actions.MOVE_MINIMUM, new FiredAlert(BURNS.labels(), true)))
                .endsWith("Prometheus raises the alert still");
        assertThat(cluster.writes()).isEmpty();
    }

    @Test
    void nothing_is_done_during_a_drain_or_a_sync() throws IOException {
        cluster.query("kube_node_spec_unschedulable", "1");
        assertThat(heal(Actions.EVICT_POD, GROWS)).contains("a node is drained");
        cluster.query("kube_node_spec_unschedulable", null);
        assertThat(heal(Actions.EVICT_POD, GROWS)).contains("nobody knows whether a node is drained");
        cluster.query("kube_node_spec_unschedulable", "0")
                .object(APPLICATION, "{status: {operationState: {phase: Running}}}");
        assertThat(heal(Actions.EVICT_POD, GROWS)).endsWith("Application services is being synced");
        cluster.without(APPLICATION);
        assertThat(heal(Actions.EVICT_POD, GROWS)).contains("Application services cannot be read");
        assertThat(cluster.writes()).isEmpty();
    }

    @Test
    void only_alerts_and_workloads_of_the_plan_count_whatever_else_stands_in_a_webhook() {
        assertThat(heal(Actions.ABORT_ROLLOUT, alert("Other", BURNS.labels())))
                .endsWith("it is about nothing of the plan");
        assertThat(heal(
                        Actions.ABORT_ROLLOUT,
                        alert(
                                BURNS.name(),
                                Map.of("destination_service_namespace", "bank", "destination_service_name", "web"))))
                .endsWith("it is about nothing of the plan");
        assertThat(heal(
                        Actions.EVICT_POD,
                        alert("MemoryReachesLimit", Map.of("namespace", "shop", "pod", "web-9/../../secrets/x"))))
                .contains("has no pod");
        assertThat(heal(Actions.ABORT_ROLLOUT, new FiredAlert(BURNS.labels(), true)))
                .endsWith("it is over");
        assertThat(cluster.writes()).isEmpty();
    }

    @Test
    void a_release_that_is_over_or_aborted_is_left_alone() throws IOException {
        cluster.object(ROLLOUT, "{status: {stableRS: a, currentPodHash: a}}");
        assertThat(heal(Actions.ABORT_ROLLOUT, BURNS)).endsWith("no release of shop/web is under way");
        cluster.object(ROLLOUT, "{status: {stableRS: a, currentPodHash: b, abort: true}}");
        assertThat(heal(Actions.ABORT_ROLLOUT, BURNS)).endsWith("is aborted already");
        cluster.object(ROLLOUT, "{status: {currentPodHash: b}}");
        assertThat(heal(Actions.ABORT_ROLLOUT, BURNS)).endsWith("no release of shop/web is under way");
        assertThat(cluster.writes()).isEmpty();
    }

    @Test
    void what_cannot_be_told_is_not_done_and_what_the_api_server_refuses_is_told() {
        cluster.refuse(EVENTS, 403);
        assertThat(heal(Actions.ABORT_ROLLOUT, BURNS)).startsWith("failed ").contains("no Event can be written: 403");
        assertThat(cluster.writes()).noneMatch(write -> write.startsWith("PATCH"));
        cluster.refuse(EVENTS, 201).refuse("/api/v1/namespaces/shop/pods/web-1/eviction", 429);
        assertThat(heal(Actions.EVICT_POD, GROWS)).startsWith("failed ").contains("refuses: 429 refused here");
        assertThat(cluster.writes()).anyMatch(write -> write.contains("HealingActed") && write.contains("429"));
        cluster.refuse("/api/v2/alerts", 500);
        assertThat(heal(Actions.MOVE_MINIMUM, BURNS))
                .startsWith("acted ")
                .endsWith("; Alertmanager did not take the news");
    }

    @Test
    void the_limit_of_an_hour_holds_over_restarts_and_processes() {
        for (int minute : List.of(0, 20, 40)) {
            clock = NOW.plus(Duration.ofMinutes(minute));
            assertThat(line(healer(Actions.MOVE_MINIMUM, false, 3, "pod-%d".formatted(minute))
                            .heal(List.of(BURNS))))
                    .startsWith("acted ");
        }
        clock = NOW.plus(Duration.ofMinutes(59));
        assertThat(line(healer(Actions.ABORT_ROLLOUT, false, 3, "other").heal(List.of(BURNS))))
                .endsWith("3 actions were taken within an hour, which is the limit");
        clock = NOW.plus(Duration.ofMinutes(61));
        assertThat(line(healer(Actions.ABORT_ROLLOUT, false, 3, "other").heal(List.of(BURNS))))
                .startsWith("acted ");
    }

    @Test
    void trials_take_none_of_the_actions_of_an_hour_away_and_are_no_more_themselves() {
        for (int trial = 0; trial < 2; trial++) {
            assertThat(line(healer(Actions.MOVE_MINIMUM, true, 2, "trial").heal(List.of(BURNS))))
                    .startsWith("tried ");
        }
        assertThat(line(healer(Actions.MOVE_MINIMUM, true, 2, "trial").heal(List.of(BURNS))))
                .endsWith("2 trials were made within an hour, which is the limit");
        for (int action = 0; action < 2; action++) {
            assertThat(line(healer(Actions.MOVE_MINIMUM, false, 2, "real").heal(List.of(BURNS))))
                    .startsWith("acted ");
        }
        assertThat(line(healer(Actions.ABORT_ROLLOUT, false, 2, "real").heal(List.of(BURNS))))
                .endsWith("2 actions were taken within an hour, which is the limit");
    }

    @Test
    void moments_that_nobody_can_read_count_as_actions_and_a_lease_that_nobody_shows_holds() throws IOException {
        cluster.object(
                LEASE,
                "{metadata: {name: healing, resourceVersion: '1', annotations: {meshwright.io/actions: 'w,x,y,z'}}}");
        assertThat(heal(Actions.ABORT_ROLLOUT, BURNS)).contains("which is the limit");
        cluster.hide(LEASE, 403);
        assertThat(heal(Actions.ABORT_ROLLOUT, BURNS)).contains("Lease healing cannot be read: 403");
        assertThat(cluster.writes()).isEmpty();
    }

    /** Argo CD applies no Lease, so that nobody else would. */
    @Test
    void the_first_who_needs_the_lease_makes_it_and_it_holds_the_limit_from_then_on() {
        cluster.without(LEASE);

        assertThat(line(healer(Actions.ABORT_ROLLOUT, false, 1, "one").heal(List.of(BURNS))))
                .startsWith("acted ");
        assertThat(cluster.at(LEASE)
                        .at("/metadata/annotations/meshwright.io~1actions")
                        .asText())
                .isEqualTo(NOW.toString());
        assertThat(line(healer(Actions.ABORT_ROLLOUT, false, 1, "two").heal(List.of(BURNS))))
                .contains("which is the limit");
    }

    @Test
    void a_turn_that_another_holds_holds_back_until_it_runs_out() throws IOException {
        cluster.object(
                LEASE,
                "{metadata: {name: healing, resourceVersion: '1'}, spec: {holderIdentity: other, renewTime: '%s'}}"
                        .formatted(NOW.minusSeconds(60)));
        assertThat(heal(Actions.ABORT_ROLLOUT, BURNS)).endsWith("another action is being taken, by other");
        clock = NOW.plusSeconds(120);
        assertThat(heal(Actions.ABORT_ROLLOUT, BURNS)).startsWith("acted ");
    }

    @Test
    void of_many_alerts_of_a_webhook_one_leads_to_something() {
        List<Outcome> outcomes = healer(Actions.MOVE_MINIMUM, false, 4, "one").heal(List.of(GROWS, BURNS, BURNS));

        assertThat(outcomes).extracting(Outcome::kind).containsExactly(Outcome.Kind.HELD, Outcome.Kind.ACTED);
        assertThat(cluster.at(SCALER).at("/spec/minReplicas").asInt()).isEqualTo(3);
    }

    @Test
    void never_two_at_once_of_processes_that_are_asked_at_the_same_moment() throws Exception {
        int processes = 6;
        CyclicBarrier together = new CyclicBarrier(processes);
        ExecutorService each = Executors.newFixedThreadPool(processes);
        try {
            List<Future<String>> lines = new ArrayList<>();
            for (int i = 0; i < processes; i++) {
                Healer healer = healer(Actions.ABORT_ROLLOUT, false, 1, "pod-%d".formatted(i));
                lines.add(each.submit(() -> {
                    together.await();
                    return line(healer.heal(List.of(BURNS)));
                }));
            }
            List<String> told = new ArrayList<>();
            for (Future<String> line : lines) {
                told.add(line.get());
            }
            assertThat(told.stream().filter(line -> line.startsWith("acted "))).hasSize(1);
            assertThat(cluster.writes().stream().filter(write -> write.startsWith("PATCH")))
                    .hasSize(1);
        } finally {
            each.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void never_the_last_ready_pod_whatever_the_pods_are_like(int least) throws IOException {
        Random random = new Random(least);
        for (int round = 0; round < 60; round++) {
            boolean[] ready = new boolean[random.nextInt(5) + 1];
            boolean[] ending = new boolean[ready.length];
            for (int i = 0; i < ready.length; i++) {
                ready[i] = random.nextInt(3) > 0;
                ending[i] = random.nextInt(4) == 0;
            }
            int chosen = random.nextInt(ready.length);
            cluster.object(PODS, pods(ready, ending))
                    .object(LEASE, "{metadata: {name: healing, resourceVersion: '1'}}");
            int before = cluster.writes().size();
            Healer healer = new Healer(
                    plan(Actions.EVICT_POD, false, 20, List.of(target("apps/v1/deployments", least, 9))),
                    "one",
                    api(),
                    api(),
                    api(),
                    Clock.fixed(clock, ZoneOffset.UTC));
            String told = line(healer.heal(
                    List.of(alert("MemoryReachesLimit", Map.of("namespace", "shop", "pod", "web-" + chosen)))));

            long left = IntStream.range(0, ready.length)
                    .filter(i -> i != chosen && ready[i] && !ending[i])
                    .count();
            boolean evicted = cluster.writes().stream().skip(before).anyMatch(write -> write.contains("/eviction"));
            assertThat(evicted).as(told).isEqualTo(left >= least && !ending[chosen]);
        }
    }

    @Test
    void never_outside_of_the_bounds_whatever_stands_in_the_autoscaler() throws IOException {
        Random random = new Random(3);
        for (int round = 0; round < 60; round++) {
            int now = random.nextInt(12);
            int max = random.nextInt(10) + 1;
            int least = random.nextInt(4) + 1;
            int most = least + random.nextInt(5);
            boolean over = random.nextBoolean();
            cluster.object(
                            SCALER,
                            "{metadata: {resourceVersion: '7'}, spec: {minReplicas: %d, maxReplicas: %d}}"
                                    .formatted(now, max))
                    .object(LEASE, "{metadata: {name: healing, resourceVersion: '1'}}")
                    .query("ALERTS", over ? null : "1");
            String told = line(new Healer(
                            plan(
                                    Actions.MOVE_MINIMUM,
                                    false,
                                    20,
                                    List.of(target("autoscaling/v2/horizontalpodautoscalers", least, most))),
                            "one",
                            api(),
                            api(),
                            api(),
                            Clock.fixed(clock, ZoneOffset.UTC))
                    .heal(List.of(new FiredAlert(BURNS.labels(), over))));

            int then = cluster.at(SCALER).at("/spec/minReplicas").asInt();
            if (over) {
                assertThat(then).as(told).isEqualTo(Math.min(now, least) == now ? now : least);
            } else {
                assertThat(then)
                        .as(told)
                        .isEqualTo(
                                now < Math.min(most, max)
                                        ? Math.min(Math.max(now + 1, least), Math.min(most, max))
                                        : now);
            }
        }
    }

    @Test
    void an_api_server_that_is_gone_holds_everything() {
        cluster.close();

        assertThat(heal(Actions.ABORT_ROLLOUT, BURNS)).startsWith("held ").contains("does not answer");
    }

    private String heal(Actions kind, FiredAlert alert) {
        return line(healer(kind, false, 4, "one").heal(List.of(alert)));
    }

    private static String line(List<Outcome> outcomes) {
        return outcomes.get(outcomes.size() - 1).line();
    }

    private Healer healer(Actions kind, boolean dryRun, int hourly, String holder) {
        String resource = switch (kind) {
            case ABORT_ROLLOUT -> "argoproj.io/v1alpha1/rollouts";
            case EVICT_POD -> "apps/v1/deployments";
            case MOVE_MINIMUM -> "autoscaling/v2/horizontalpodautoscalers";
        };
        return new Healer(
                plan(kind, dryRun, hourly, List.of(target(resource, kind == Actions.MOVE_MINIMUM ? 2 : 1, 6))),
                holder,
                api(),
                api(),
                api(),
                Clock.fixed(clock, ZoneOffset.UTC));
    }

    private static Target target(String resource, int least, int most) {
        return new Target(
                "shop",
                "web",
                resource,
                "web",
                APP,
                Set.of("ServiceErrorBudgetBurnsFast", "MemoryReachesLimit"),
                "services",
                least,
                most);
    }

    private HealingPlan plan(Actions kind, boolean dryRun, int hourly, List<Target> targets) {
        return new HealingPlan(
                kind.word(),
                dryRun,
                hourly,
                "monitoring",
                "spiffe://cluster.local/ns/monitoring/sa/alertmanager",
                cluster.address(),
                cluster.address(),
                null,
                "lab",
                "https://git.example.org/ops.git/HealingActed.md",
                targets);
    }

    private Api api() {
        return new Api(cluster.address(), CLIENT, Optional.empty());
    }

    private static FiredAlert alert(String name, Map<String, String> labels) {
        Map<String, String> all = new java.util.TreeMap<>(labels);
        all.put("alertname", name);
        return new FiredAlert(all, false);
    }

    private static String pods(int count) {
        boolean[] ready = new boolean[count];
        java.util.Arrays.fill(ready, true);
        return pods(ready, new boolean[count]);
    }

    private static String pods(boolean[] ready, boolean[] ending) {
        StringBuilder items = new StringBuilder("{items: [");
        for (int i = 0; i < ready.length; i++) {
            items.append("{metadata: {name: web-%d, uid: u%d%s}, status: {conditions: [{type: Ready, status: '%s'}]}},"
                    .formatted(
                            i,
                            i,
                            ending[i] ? ", deletionTimestamp: '2026-03-01T08:59:00Z'" : "",
                            ready[i] ? "True" : "False"));
        }
        return items.append("]}").toString();
    }
}
