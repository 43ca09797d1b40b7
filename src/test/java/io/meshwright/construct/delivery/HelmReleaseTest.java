package io.meshwright.construct.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.construct.delivery.chart.ChartValues;
import io.meshwright.construct.delivery.chart.KedaValues;
import io.meshwright.construct.delivery.chart.Replicas;
import io.meshwright.construct.delivery.istio.GatewayPod;
import io.meshwright.construct.delivery.istio.GatewayPort;
import io.meshwright.construct.delivery.istio.GatewayService;
import io.meshwright.construct.delivery.istio.GatewayValues;
import io.meshwright.construct.delivery.istio.IstioBaseValues;
import io.meshwright.construct.delivery.istio.IstioDrift;
import io.meshwright.construct.delivery.istio.Revision;
import io.meshwright.construct.delivery.sync.Wave;
import io.meshwright.platform.release.Compatibility;
import io.meshwright.platform.release.IstioRelease;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.Version;
import io.meshwright.value.workload.Resources;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.cdk8s.Testing;
import org.junit.jupiter.api.Test;
import software.constructs.Construct;

class HelmReleaseTest {
    private static final IstioRelease OLD =
            Compatibility.resolve(Version.of("1.32.5"), Version.of("1.26.2")).istio();
    private static final IstioRelease NEW =
            Compatibility.resolve(Version.of("1.33"), Version.of("1.30.5")).istio();

    @Test
    void installs_the_pinned_chart_under_its_own_name() {
        JsonNode source = base(NEW).at("/spec/source");

        assertThat(source.at("/repoURL").asText()).isEqualTo("https://blob.istio.io/istio-release/charts");
        assertThat(source.at("/chart").asText()).isEqualTo("base");
        assertThat(source.at("/targetRevision").asText()).isEqualTo("1.30.5");
        assertThat(source.at("/helm/releaseName").asText()).isEqualTo("istio-base");
    }

    @Test
    void carries_the_values_as_an_object() {
        assertThat(base(NEW)
                        .at("/spec/source/helm/valuesObject/base/validationFailurePolicy")
                        .asText())
                .isEqualTo("Fail");
    }

    @Test
    void syncs_in_its_wave_by_itself_and_only_what_differs() {
        JsonNode application = base(NEW);

        assertThat(application
                        .at("/metadata/annotations")
                        .get("argocd.argoproj.io/sync-wave")
                        .asText())
                .isEqualTo("30");
        assertThat(application.at("/spec/syncPolicy/automated").toString())
                .isEqualTo("{\"prune\":true,\"selfHeal\":true}");
        assertThat(application.at("/spec/syncPolicy/syncOptions"))
                .map(JsonNode::asText)
                .containsExactly("ServerSideApply=true", "ApplyOutOfSyncOnly=true");
        assertThat(application.at("/metadata/finalizers/0").asText())
                .isEqualTo("resources-finalizer.argocd.argoproj.io");
    }

    @Test
    void ignores_what_istiod_writes_into_one_named_webhook() {
        JsonNode ignored = base(OLD).at("/spec/ignoreDifferences");

        assertThat(ignored).hasSize(1);
        assertThat(ignored.at("/0/name").asText()).isEqualTo("istiod-default-validator");
        assertThat(ignored.at("/0/jqPathExpressions/1").asText()).isEqualTo(".webhooks[]?.failurePolicy");
    }

    @Test
    void ignores_nothing_where_nobody_else_writes() {
        JsonNode application =
                application(scope -> release(scope, new KedaValues()).build());

        assertThat(application.get("spec").has("ignoreDifferences")).isFalse();
    }

    @Test
    void is_awaited_where_later_waves_need_it() {
        JsonNode gateway = application(scope -> release(scope, gateway(NEW)).build());

        assertThat(base(NEW)
                        .at("/metadata/annotations/meshwright.io~1await-seconds")
                        .asText())
                .isEqualTo("60");
        assertThat(gateway.get("metadata").get("annotations").has("meshwright.io/await-seconds"))
                .isFalse();
    }

    @Test
    void skips_a_schema_that_is_broken_and_no_other() {
        assertThat(application(scope -> release(scope, gateway(OLD)).build())
                        .at("/spec/source/helm/skipSchemaValidation")
                        .asBoolean())
                .isTrue();
        assertThat(application(scope -> release(scope, gateway(NEW)).build())
                        .at("/spec/source/helm")
                        .has("skipSchemaValidation"))
                .isFalse();
    }

    @Test
    void refuses_a_release_without_a_chart() {
        assertThatThrownBy(() -> {
                    Construct scope = Testing.chart();
                    HelmRelease.Builder.create(scope, "keda")
                            .name(Name.of("keda"))
                            .project(Synthesis.project(scope))
                            .namespace(Name.of("keda"))
                            .values(new KedaValues())
                            .wave(Wave.CONTROLLERS)
                            .build();
                })
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("chart: is missing; add it");
    }

    private static JsonNode base(IstioRelease istio) {
        return application(scope -> HelmRelease.Builder.create(scope, "istio-base")
                .name(Name.of("istio-base"))
                .project(Synthesis.project(scope))
                .namespace(Name.of("istio-system"))
                .chart(istio.base())
                .values(new IstioBaseValues(istio, Revision.only()))
                .wave(Wave.ISTIO_BASE)
                .ignoreDifferences(IstioDrift.base(istio))
                .build());
    }

    private static HelmRelease.Builder release(Construct scope, ChartValues values) {
        return HelmRelease.Builder.create(scope, "release")
                .name(Name.of("release"))
                .project(Synthesis.project(scope))
                .namespace(Name.of("istio-system"))
                .chart(NEW.gateway())
                .values(values)
                .wave(Wave.GATEWAY);
    }

    private static GatewayValues gateway(IstioRelease istio) {
        return new GatewayValues(
                istio,
                Optional.empty(),
                GatewayPod.of(Name.of("istio-ingressgateway"), Name.of("edge")),
                new GatewayService(
                        "LoadBalancer",
                        List.of(GatewayPort.of("https", 443, 8443)),
                        new TreeMap<>(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty()),
                Replicas.fixed(1),
                Resources.of("50m", "64Mi", "256Mi"));
    }

    private static JsonNode application(java.util.function.Consumer<Construct> construct) {
        return Synthesis.of(construct).get(1);
    }
}
