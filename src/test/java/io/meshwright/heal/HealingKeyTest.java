package io.meshwright.heal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.Checks;
import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.alerts.Alert;
import io.meshwright.construct.observability.alerts.AlertCatalogue;
import io.meshwright.construct.observability.program.Program;
import io.meshwright.house.Rendering;
import io.meshwright.stack.EnvironmentPages;
import io.meshwright.trace.Trace;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.value.healing.HealingAction;
import io.meshwright.value.healing.HealingAlert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of {@code aiOps.healing}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HealingKeyTest {
    private static final String ALERTS = "https://%s.healing.svc.cluster.local/alerts";

    private static final SortedSet<String> CERTIFICATE = new TreeSet<>(Set.of("ca.crt", "tls.crt", "tls.key"));

    private RenderedHealing rendered;
    private Trace trace;

    @TempDir
    private Path folder;

    @BeforeAll
    void render() throws IOException {
        rendered = RenderedHealing.everyAction();
        trace = Trace.of(Rendering.mesh(rendered.objects()));
    }

    @Test
    void check_finds_nothing_in_it() {
        assertThat(Checks.run(Rendering.read(rendered.objects()), Optional.empty())
                        .all())
                .extracting(Object::toString)
                .noneMatch(finding -> finding.contains("healing") || finding.contains("MESH391"));
    }

    @ParameterizedTest
    @EnumSource
    void each_plan_is_one_that_the_program_takes_and_a_trial_unless_the_file_says_otherwise(HealingAction action)
            throws IOException {
        HealingPlan plan = plan(rendered, action);

        assertThat(plan.action()).isEqualTo(action.word());
        assertThat(plan.dryRun()).isTrue();
        assertThat(plan.hourly()).isEqualTo(4);
        assertThat(plan.targets())
                .allSatisfy(target -> assertThat(target.alerts())
                        .containsExactlyInAnyOrderElementsOf(action.usualAlerts().stream()
                                .map(HealingAlert::alertName)
                                .toList()));
        assertThat(plan(
                                RenderedHealing.changed(
                                        "aiOps: {healing: {%s: {dryRun: false}}}".formatted(action.word())),
                                action)
                        .dryRun())
                .isFalse();
    }

    @Test
    void the_news_of_an_action_lead_to_a_page_that_is_written() throws IOException {
        assertThat(plan(rendered, HealingAction.EVICT_POD).cluster()).isEqualTo("shop");
        assertThat(plan(rendered, HealingAction.EVICT_POD).runbook())
                .isEqualTo("https://git.example.org/platform/blob/main/docs/runbooks/shop/HealingActed.md");
        assertThat(EnvironmentPages.of(RenderedHealing.environment("{}")).get("runbooks/shop/HealingActed.md"))
                .contains(
                        "kubectl get events -A --field-selector source=healing",
                        "kubectl -n healing logs deployment/evict-pod --since 2h",
                        "`kubectl -n healing patch configmap healing --type merge -p '{\"data\":{\"enabled\":\"false\"}}'`");
        assertThat(EnvironmentPages.of(RenderedHealing.environment(
                                "aiOps: {healing: {abortRollout: null, moveMinimum: null}}"))
                        .get("runbooks/shop/HealingActed.md"))
                .contains("`evictPod`")
                .doesNotContain("abortRollout", "move-minimum");
        assertThat(EnvironmentPages.of(RenderedHealing.environment("aiOps: {healing: null}"))
                        .keySet())
                .noneMatch(page -> page.contains("HealingActed"));
    }

    @Test
    void names_the_objects_that_the_services_are_made_of() throws IOException {
        assertThat(plan(rendered, HealingAction.ABORT_ROLLOUT).targets())
                .extracting(Target::path)
                .containsExactly("/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts/web");
        assertThat(plan(rendered, HealingAction.MOVE_MINIMUM).targets())
                .extracting(target -> "%s %d-%d".formatted(target.path(), target.least(), target.most()))
                .containsExactly(
                        "/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers/web 2-4",
                        "/apis/keda.sh/v1alpha1/namespaces/shop/scaledobjects/api 3-5");
        assertThat(rendered.objects().keySet())
                .contains(
                        "services/Rollout/shop.web",
                        "services/HorizontalPodAutoscaler/shop.web",
                        "services/ScaledObject/shop.api");
    }

    /** Versions beside each other have workloads of their own, so that the last ready pod of one of them stays. */
    @Test
    void pods_of_versions_are_those_of_their_own_workload() throws IOException {
        RenderedHealing versions = RenderedHealing.changed("""
            aiOps: {healing: {abortRollout: null, moveMinimum: null, evictPod: {services: [web]}}}
            services: {web: {release: {type: canary, engine: null, steps: null, versions: [{name: v1, weight: 90}, {name: v2, weight: 10}]}}}
            """);

        assertThat(plan(versions, HealingAction.EVICT_POD).targets())
                .extracting(target -> "%s %s".formatted(target.path(), target.labelSelector()))
                .containsExactly(
                        "/apis/apps/v1/namespaces/shop/deployments/web-v1 app=web,version=v1",
                        "/apis/apps/v1/namespaces/shop/deployments/web-v2 app=web,version=v2");
        assertThat(versions.objects())
                .containsKeys("services/Deployment/shop.web-v1", "services/Deployment/shop.web-v2");
        assertThat(versions.objects()).doesNotContainKeys("healing/Deployment/healing.abort-rollout");
    }

    @Test
    void argo_cd_leaves_the_moved_minimum_and_the_switch_alone_and_nothing_else_of_them() {
        JsonNode services = rendered.object("argocd/Application/services").at("/spec/ignoreDifferences");

        assertThat(services.toString())
                .contains(
                        "{\"group\":\"autoscaling\",\"jqPathExpressions\":[\".spec.minReplicas\"],"
                                + "\"kind\":\"HorizontalPodAutoscaler\",\"name\":\"web\",\"namespace\":\"shop\"}",
                        "{\"group\":\"keda.sh\",\"jqPathExpressions\":[\".spec.minReplicaCount\"],"
                                + "\"kind\":\"ScaledObject\",\"name\":\"api\",\"namespace\":\"shop\"}");
        assertThat(rendered.object("argocd/Application/healing")
                        .at("/spec/ignoreDifferences")
                        .toString())
                .isEqualTo("[{\"group\":\"\",\"jqPathExpressions\":[\".data.enabled\"],\"kind\":\"ConfigMap\","
                        + "\"name\":\"healing\",\"namespace\":\"healing\"}]");
        // Born with what the file declares: without the field the API server would begin with one pod.
        assertThat(rendered.object("services/HorizontalPodAutoscaler/shop.web")
                        .at("/spec/minReplicas")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void a_minimum_that_nothing_moves_stays_gits() throws IOException {
        RenderedHealing others = RenderedHealing.changed("aiOps: {healing: {moveMinimum: {services: {api: null}}}}");

        assertThat(others.text("argocd/Application/services"))
                .contains(".spec.minReplicas")
                .doesNotContain(".spec.minReplicaCount");
    }

    @ParameterizedTest
    @EnumSource
    void alertmanager_reaches_each_process_and_nobody_else_does(HealingAction action) {
        String url = ALERTS.formatted(action.process());

        assertThat(call("monitoring/alertmanager", url).isDelivered()).isTrue();
        for (String other : List.of(
                "monitoring/prometheus",
                "monitoring/grafana",
                "shop/web",
                "shop/api",
                "healing/evict-pod",
                "healing/move-minimum")) {
            if (!other.endsWith(action.process().toString())) {
                assertThat(call(other, url).isDelivered()).as(other).isFalse();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://prometheus.monitoring.svc:9090/api/v1/query, true",
        "http://alertmanager.monitoring.svc:9093/api/v2/alerts, true",
        "http://grafana.monitoring.svc:3000/, false",
        "http://loki.monitoring.svc:3100/, false",
        "http://api.shop.svc/, false",
    })
    void a_process_reaches_whom_it_asks_and_tells_and_nobody_else(String url, boolean reaches) {
        for (HealingAction action : HealingAction.values()) {
            assertThat(call("healing/%s".formatted(action.process()), url).isDelivered())
                    .as("%s", action)
                    .isEqualTo(reaches);
        }
    }

    /** The same without the key: neither Prometheus nor Alertmanager lets a pod of that namespace in. */
    @Test
    void off_costs_nothing() throws IOException {
        RenderedHealing off = RenderedHealing.changed("aiOps: {healing: null}");

        assertThat(off.objects().keySet()).noneMatch(path -> path.contains("healing"));
        assertThat(off.objects().values()).noneMatch(text -> text.contains("healing"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alertname=ServiceErrorBudgetBurnsFast severity=critical destination_service_namespace=shop destination_service_name=web | heal-abort-rollout,critical",
                "alertname=ServiceErrorBudgetBurnsFast severity=critical destination_service_namespace=shop destination_service_name=api | critical",
                "alertname=ServiceErrorBudgetBurnsFast severity=critical destination_service_namespace=bank destination_service_name=web | critical",
                "alertname=ServiceLatencyBudgetBurnsFast severity=critical destination_service_namespace=shop destination_service_name=web | heal-abort-rollout,heal-move-minimum,critical",
                "alertname=ServiceLatencyBudgetBurnsSlowly severity=warning destination_service_namespace=shop destination_service_name=api | heal-move-minimum,warning",
                "alertname=MemoryReachesLimit severity=warning namespace=shop pod=web-6d4f-x2x container=web | heal-evict-pod,warning",
                "alertname=MemoryReachesLimit severity=warning namespace=shop pod=webhook-6d4f-x2x container=web | warning",
                "alertname=MemoryReachesLimit severity=warning namespace=bank pod=web-6d4f-x2x container=web | warning",
                "alertname=HealingActed severity=warning namespace=shop workload=web action=evictPod | warning",
                "alertname=NodeNotReady severity=critical | critical",
            })
    void alertmanager_tells_the_process_of_single_alerts_and_people_of_all(String labels, String receivers)
            throws Exception {
        Program amtool = Program.of("amtool");
        Files.writeString(
                folder.resolve("alertmanager.yaml"),
                rendered.object("observability/ConfigMap/monitoring.alertmanager")
                        .at("/data/alertmanager.yaml")
                        .asText());

        Program.Answer check = amtool.run(folder, "check-config", "alertmanager.yaml");
        Program.Answer route = amtool.run(folder, arguments(labels));

        assertThat(check.exit()).as(check.output()).isZero();
        assertThat(route.output().lines()).last().isEqualTo(receivers);
    }

    private static String[] arguments(String labels) {
        return ("config routes test --config.file=alertmanager.yaml ".concat(labels)).split(" ");
    }

    @Test
    void alertmanager_shows_certificate_and_token_of_secrets_that_it_mounts() {
        String config = rendered.text("observability/ConfigMap/monitoring.alertmanager");
        String pod = rendered.text("observability/Deployment/monitoring.alertmanager");

        for (String secret : List.of("healing-token", "healing-client")) {
            assertThat(pod).contains("secretName: ".concat(secret), "/etc/alertmanager/receivers/".concat(secret));
        }
        assertThat(config)
                .contains(
                        "credentials_file: /etc/alertmanager/receivers/healing-token/token",
                        "cert_file: /etc/alertmanager/receivers/healing-client/tls.crt",
                        "url: https://abort-rollout.healing.svc.cluster.local/alerts");
    }

    @Test
    void certificates_are_made_where_a_ca_of_ones_own_signs_and_else_by_hand() throws IOException {
        assertThat(rendered.object("healing/Certificate/monitoring.healing-client")
                        .at("/spec/uris/0")
                        .asText())
                .isEqualTo(plan(rendered, HealingAction.EVICT_POD).caller());
        assertThat(rendered.object("healing/Certificate/healing.evict-pod-tls")
                        .at("/spec/privateKey/encoding")
                        .asText())
                .isEqualTo("PKCS8");
        assertThat(RenderedHealing.changed("certificates: null").objects().keySet())
                .contains("healing/Deployment/healing.evict-pod")
                .noneMatch(path -> path.startsWith("healing/Certificate"));
    }

    @Test
    void the_page_of_secrets_names_the_keys_of_those_that_are_made_by_hand() throws IOException {
        assertThat(EnvironmentPages.secretKeys(RenderedHealing.environment("certificates: null")))
                .containsEntry("monitoring/healing-client", CERTIFICATE)
                .containsEntry("healing/abort-rollout-tls", CERTIFICATE)
                .containsEntry("healing/move-minimum-tls", CERTIFICATE)
                .containsEntry("healing/healing-token", new TreeSet<>(Set.of("token")))
                .containsEntry("monitoring/healing-token", new TreeSet<>(Set.of("token")));
    }

    /** The manifests of the example are what the key makes: whoever has another Alertmanager takes them from there. */
    @ParameterizedTest
    @ValueSource(strings = {"shared", "abort-rollout", "evict-pod", "move-minimum"})
    void the_example_is_what_the_key_makes(String process) throws IOException {
        assertThat(Files.readString(Path.of("../examples/healing/%s.yaml".formatted(process)))
                        .replaceFirst("\\A(#.*\n)+", ""))
                .isEqualTo(rendered.file(process));
    }

    /** An alert that nobody raises, or without the labels by which an action finds its target, would start nothing. */
    @ParameterizedTest
    @EnumSource
    void each_alert_is_raised_and_says_what_it_is_about(HealingAlert alert) {
        Map<String, Alert> raised = AlertCatalogue.of(Samples.watched()).alerts().stream()
                .collect(Collectors.toMap(Alert::name, Function.identity()));

        assertThat(raised).containsKey(alert.alertName());
        assertThat(raised.get(alert.alertName()).summary())
                .contains(
                        "$labels.%s ".formatted(alert.about().namespaceLabel()),
                        "$labels.%s ".formatted(alert.about().nameLabel()));
    }

    private Verdict call(String from, String url) {
        return trace.request("POST", url).from(from).verdict();
    }

    private HealingPlan plan(RenderedHealing of, HealingAction action) throws IOException {
        return HealingPlan.of(Files.writeString(
                folder.resolve("plan.json"),
                of.object("healing/ConfigMap/healing.%s-plan".formatted(action.process()))
                        .at("/data")
                        .path("plan.json")
                        .asText()));
    }
}
