package io.meshwright.construct.traffic;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.construct.Rendered;
import io.meshwright.construct.delivery.sync.IgnoredDifference;
import io.meshwright.construct.pod.Pod;
import io.meshwright.construct.pod.PodContainer;
import io.meshwright.value.ImageReference;
import io.meshwright.value.Name;
import io.meshwright.value.Url;
import io.meshwright.value.Weight;
import io.meshwright.value.traffic.Analysis;
import io.meshwright.value.traffic.Canary;
import io.meshwright.value.traffic.Step;
import io.meshwright.value.workload.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import software.constructs.Construct;

class ProgressiveRolloutTest {
    private static final Name BLOG = Name.of("blog-system");
    private static final Canary STEPS =
            Canary.rollouts(List.of(Step.of(10), new Step(Weight.of(50), null, true)), null, null);
    private static final List<ManagedRoutes> ROUTES =
            List.of(new ManagedRoutes(Name.of("blog"), BLOG, List.of("web-service-root", "web-service-root-safe")));

    @Test
    void moves_named_routes_between_the_two_subsets() {
        assertThat(rendered(STEPS, ROUTES).only("Rollout"))
                .hasJson(
                        "/spec/strategy/canary/trafficRouting/istio/virtualService",
                        "{name: 'blog', routes: ['web-service-root', 'web-service-root-safe']}")
                .hasJson(
                        "/spec/strategy/canary/trafficRouting/istio/destinationRule",
                        "{name: 'web-service', stableSubsetName: 'stable', canarySubsetName: 'canary'}")
                .hasJson("/spec/selector/matchLabels", "{app: 'web'}")
                .has("/spec/template/spec/containers/0/image", "docker.io/library/nginx:1.29.1")
                .has("/spec/replicas", 2);
    }

    @Test
    void pauses_for_a_time_or_for_a_person() {
        assertThat(rendered(STEPS, ROUTES).only("Rollout"))
                .hasJson(
                        "/spec/strategy/canary/steps",
                        "[{setWeight: 10}, {pause: {duration: '5m'}}, {setWeight: 50}, {pause: {}}]");
    }

    @Test
    void judges_from_the_first_step_on_and_tells_the_sides_apart_by_their_hash() {
        assertThat(rendered(STEPS, ROUTES).only("Rollout"))
                .hasJson(
                        "/spec/strategy/canary/analysis",
                        "{startingStep: 1,"
                                + " templates: [{templateName: 'web-canary'}],"
                                + " args: [{name: 'canary-hash', valueFrom: {podTemplateHashValue: 'Latest'}},"
                                + " {name: 'stable-hash', valueFrom: {podTemplateHashValue: 'Stable'}}]}");
    }

    @Test
    void compares_success_and_latency_with_the_stable_version() {
        assertThat(rendered(STEPS, ROUTES).only("AnalysisTemplate"))
                .has("/spec/metrics/0/provider/prometheus/address", "http://prometheus.monitoring:9090/prometheus")
                .has(
                        "/spec/metrics/0/provider/prometheus/query",
                        "(sum(rate(istio_requests_total{reporter=\"destination\", namespace=\"blog-system\", "
                                + "pod=~\"web-{{args.canary-hash}}-.+\", response_code!~\"5..\"}[2m])) or vector(0)) / "
                                + "sum(rate(istio_requests_total{reporter=\"destination\", namespace=\"blog-system\", "
                                + "pod=~\"web-{{args.canary-hash}}-.+\"}[2m]))")
                .has("/spec/metrics/1/name", "success-rate-against-stable")
                .has("/spec/metrics/2/name", "latency-against-stable");
    }

    @Test
    void a_version_is_not_judged_by_how_long_streams_last() {
        Rendered streaming =
                Rendered.of(chart -> rollout(chart, STEPS, ROUTES).streams(true).build());

        assertThat(streaming.only("AnalysisTemplate"))
                .has("/spec/metrics/1/name", "success-rate-against-stable")
                .lacks("/spec/metrics/2");
    }

    @Test
    void waits_for_a_person_where_nobody_asks_the_new_version() {
        assertThat(rendered(STEPS, ROUTES).only("AnalysisTemplate"))
                .has("/spec/metrics/0/successCondition", "len(result) > 0 && !isNaN(result[0]) && result[0] >= 0.95")
                .has("/spec/metrics/0/failureCondition", "len(result) > 0 && !isNaN(result[0]) && !(result[0] >= 0.95)")
                .has("/spec/metrics/1/successCondition", "len(result) > 0 && !isNaN(result[0]) && result[0] >= -0.01")
                .has("/spec/metrics/2/successCondition", "len(result) > 0 && !isNaN(result[0]) && result[0] <= 1.5")
                .has("/spec/metrics/0/inconclusiveLimit", 1);
    }

    @Test
    void passes_without_requests_where_that_is_wanted() {
        Analysis passing = new Analysis(null, null, null, null, null, null, Analysis.Idle.PASS);

        assertThat(rendered(Canary.rollouts(List.of(Step.of(10)), null, passing), ROUTES)
                        .only("AnalysisTemplate"))
                .has("/spec/metrics/0/successCondition", "len(result) == 0 || isNaN(result[0]) || result[0] >= 0.95")
                .lacks("/spec/metrics/0/failureCondition");
    }

    @Test
    void names_a_virtual_service_of_another_namespace_with_it() {
        List<ManagedRoutes> two =
                List.of(ROUTES.get(0), new ManagedRoutes(Name.of("shop"), Name.of("edge"), List.of("web-root")));

        assertThat(rendered(STEPS, two).only("Rollout"))
                .hasJson(
                        "/spec/strategy/canary/trafficRouting/istio/virtualServices",
                        "[{name: 'blog', routes: ['web-service-root', 'web-service-root-safe']}, {name: 'shop.edge',"
                                + " routes: ['web-root']}]");
    }

    @Test
    void ignores_only_what_argo_rollouts_writes() {
        List<IgnoredDifference> ignored = new ArrayList<>();
        Rendered.of(
                chart -> ignored.addAll(rollout(chart, STEPS, ROUTES).build().ignoredDifferences()));

        Assertions.assertThat(ignored)
                .containsExactly(
                        new IgnoredDifference(
                                "networking.istio.io",
                                "VirtualService",
                                "blog",
                                Optional.of("blog-system"),
                                List.of(".spec.http[]? | select(.name == \"web-service-root\" or .name =="
                                        + " \"web-service-root-safe\") | .route[]?.weight")),
                        new IgnoredDifference(
                                "networking.istio.io",
                                "DestinationRule",
                                "web-service",
                                Optional.of("blog-system"),
                                List.of(".spec.subsets[]? | select(.name == \"stable\" or .name == \"canary\")"
                                        + " | .labels[\"rollouts-pod-template-hash\"]")));
    }

    @Test
    void brings_an_identity_and_a_disruption_budget() {
        Assertions.assertThat(rendered(STEPS, ROUTES).names())
                .contains("ServiceAccount blog-system/web", "PodDisruptionBudget blog-system/web");
    }

    @Test
    void refuses_a_release_without_steps_and_routes_without_names() {
        Canary plain = Canary.plain(List.of(Canary.Version.of("v1", 90), Canary.Version.of("v2", 10)), null);

        assertThatThrownBy(() -> rendered(plain, ROUTES))
                .hasMessageStartingWith("release.engine: \"plain\" has nobody");
        assertThatThrownBy(() -> rendered(STEPS, List.of(new ManagedRoutes(Name.of("blog"), BLOG, List.of()))))
                .hasMessageStartingWith("routes: is empty");
    }

    private static Rendered rendered(Canary canary, List<ManagedRoutes> routes) {
        return Rendered.of(chart -> rollout(chart, canary, routes).build());
    }

    private static ProgressiveRollout.Builder rollout(Construct scope, Canary canary, List<ManagedRoutes> routes) {
        DestinationPolicy destination = DestinationPolicy.Builder.create(scope, "destination")
                .backend(Backend.of("web-service", "blog-system", 80))
                .podLabels(Map.of("app", "web"))
                .release(canary)
                .build();
        Pod pod = Pod.of("web")
                .version("v1")
                .container(PodContainer.named("web")
                        .image(ImageReference.of("docker.io/library/nginx:1.29.1"))
                        .resources(Resources.of("100m", "128Mi", "256Mi"))
                        .build())
                .build();
        return ProgressiveRollout.Builder.create(scope, "web")
                .name(Name.of("web"))
                .namespace(BLOG)
                .pod(pod)
                .release(canary)
                .routes(routes)
                .destination(destination)
                .prometheus(Url.of("http://prometheus.monitoring:9090/prometheus"));
    }
}
