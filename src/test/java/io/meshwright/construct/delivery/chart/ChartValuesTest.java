package io.meshwright.construct.delivery.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshwright.construct.delivery.istio.GatewayPod;
import io.meshwright.construct.delivery.istio.GatewayPort;
import io.meshwright.construct.delivery.istio.GatewayService;
import io.meshwright.construct.delivery.istio.GatewayValues;
import io.meshwright.construct.delivery.istio.IstioBaseValues;
import io.meshwright.construct.delivery.istio.IstiodValues;
import io.meshwright.construct.delivery.istio.Revision;
import io.meshwright.platform.release.Compatibility;
import io.meshwright.platform.release.IstioRelease;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.Version;
import io.meshwright.value.workload.Resources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartValuesTest {
    private static final IstioRelease OLD = istio("1.30", "1.23.4");
    private static final IstioRelease NEW = istio("1.33", "1.30.5");
    private static final Resources SOME = Resources.of("50m", "64Mi", "256Mi");

    @Test
    void puts_istiods_settings_where_its_release_reads_them() {
        assertThat(json(istiod(OLD, Replicas.fixed(2)))
                        .at("/pilot/replicaCount")
                        .asInt())
                .isEqualTo(2);
        assertThat(json(istiod(NEW, Replicas.fixed(2))).at("/replicaCount").asInt())
                .isEqualTo(2);
    }

    @Test
    void takes_istios_images_from_a_registry_that_stays() {
        assertThat(json(istiod(NEW, Replicas.fixed(1))).at("/global/hub").asText())
                .isEqualTo("docker.io/istio");
    }

    @Test
    void keeps_a_single_istiod_from_blocking_a_node_drain() {
        assertThat(json(istiod(NEW, Replicas.fixed(1)))
                        .at("/global/defaultPodDisruptionBudget/enabled")
                        .asBoolean(true))
                .isFalse();
        assertThat(json(istiod(NEW, Replicas.fixed(2)))
                        .at("/global/defaultPodDisruptionBudget/enabled")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void names_the_revision_only_where_there_is_one() {
        assertThat(json(istiod(NEW, Replicas.fixed(1))).has("revision")).isFalse();
        assertThat(json(new IstiodValues(
                                NEW,
                                Revision.of(Name.of("1-30-5")),
                                Map.of(),
                                new TreeMap<>(),
                                Replicas.fixed(1),
                                SOME,
                                SOME))
                        .at("/revision")
                        .asText())
                .isEqualTo("1-30-5");
    }

    @Test
    void leaves_tags_to_objects_of_their_own_that_never_vanish_between_two_charts() {
        assertThat(json(new IstiodValues(
                                NEW,
                                Revision.of(Name.of("1-30-5")),
                                Map.of(),
                                new TreeMap<>(),
                                Replicas.fixed(1),
                                SOME,
                                SOME))
                        .has("revisionTags"))
                .isFalse();
    }

    @Test
    void writes_the_failure_policy_only_where_the_chart_reads_it() {
        assertThat(json(new IstioBaseValues(NEW, Revision.only()))
                        .at("/base/validationFailurePolicy")
                        .asText())
                .isEqualTo("Fail");
        assertThat(json(new IstioBaseValues(OLD, Revision.only())).has("base")).isFalse();
    }

    @Test
    void lets_the_named_revision_validate_what_no_revision_claims() {
        assertThat(json(new IstioBaseValues(NEW, Revision.of(Name.of("1-30-5"))))
                        .at("/defaultRevision")
                        .asText())
                .isEqualTo("1-30-5");
    }

    @Test
    void selects_the_gateways_pods_as_gateways_name_them() {
        assertThat(json(gateway(NEW, Replicas.fixed(1), 8443))
                        .at("/labels/istio")
                        .asText())
                .isEqualTo("ingressgateway");
    }

    @Test
    void opens_low_ports_of_the_gateway_only_where_it_listens_on_one() {
        assertThat(json(gateway(NEW, Replicas.fixed(1), 8443))
                        .at("/securityContext")
                        .has("sysctls"))
                .isFalse();
        assertThat(json(gateway(NEW, Replicas.fixed(1), 443))
                        .at("/securityContext/sysctls/0/value")
                        .asText())
                .isEqualTo("0");
    }

    @Test
    void keeps_one_of_several_gateway_pods_through_a_node_drain() {
        assertThat(json(gateway(NEW, Replicas.between(2, 5), 8443))
                        .at("/podDisruptionBudget/minAvailable")
                        .asInt())
                .isEqualTo(1);
        assertThat(json(gateway(NEW, Replicas.between(1, 5), 8443)).has("podDisruptionBudget"))
                .isFalse();
    }

    @Test
    void spares_old_gateway_charts_a_schema_that_refuses_their_own_defaults() {
        assertThat(gateway(OLD, Replicas.fixed(1), 8443).schemaApplies()).isFalse();
        assertThat(gateway(NEW, Replicas.fixed(1), 8443).schemaApplies()).isTrue();
    }

    @Test
    void refuses_a_gateway_that_nothing_could_select() {
        assertThatThrownBy(() -> new GatewayPod(new TreeMap<>(Map.of("app", "edge")), new TreeMap<>(), Name.of("edge")))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("labels.istio: is missing; add it");
    }

    @Test
    void makes_a_wave_of_applications_wait_for_their_health() {
        assertThat(json(argoCd("", false))
                        .at("/configs/cm")
                        .get("resource.customizations.health.argoproj.io_Application")
                        .asText())
                .isEqualTo(HealthScripts.APPLICATION);
    }

    @Test
    void calls_a_definition_degraded_only_where_it_never_comes() {
        assertThat(json(argoCd("", false))
                        .at("/configs/cm")
                        .get("resource.customizations.health.apiextensions.k8s.io_CustomResourceDefinition")
                        .asText())
                .isEqualTo(HealthScripts.DEFINITION);
    }

    @Test
    void reads_git_often_enough_to_apply_a_commit_within_two_minutes() {
        assertThat(json(argoCd("", false))
                        .at("/configs/cm")
                        .get("timeout.reconciliation")
                        .asText())
                .isEqualTo("60s");
        assertThat(json(argoCd("", false))
                        .at("/configs/cm")
                        .get("timeout.reconciliation.jitter")
                        .asText())
                .isEqualTo("10s");
    }

    @Test
    void leaves_tls_to_the_gateway() {
        assertThat(json(argoCd("", false))
                        .at("/configs/params")
                        .get("server.insecure")
                        .asText())
                .isEqualTo("true");
    }

    @Test
    void keeps_all_of_argo_cd_but_its_server_out_of_the_mesh() {
        assertThat(json(argoCd("", true))
                        .at("/global/podLabels")
                        .get("sidecar.istio.io/inject")
                        .asText())
                .isEqualTo("false");
        assertThat(json(argoCd("", true))
                        .at("/server/podLabels")
                        .get("sidecar.istio.io/inject")
                        .asText())
                .isEqualTo("true");
    }

    @Test
    void gives_all_pods_of_argo_cd_a_seccomp_profile_that_an_injected_container_inherits() {
        assertThat(json(argoCd("", true))
                        .at("/global/securityContext/seccompProfile/type")
                        .asText())
                .isEqualTo("RuntimeDefault");
    }

    @Test
    void serves_argo_cd_below_a_path_where_it_has_one() {
        assertThat(json(argoCd("/argocd", false))
                        .at("/configs/params")
                        .get("server.rootpath")
                        .asText())
                .isEqualTo("/argocd");
        assertThat(json(argoCd("", false)).at("/configs/params").has("server.rootpath"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"argocd", "/argocd/", "/Argo"})
    void refuses_a_path_that_would_not_match_its_route(String path) {
        assertThatThrownBy(() -> argoCd(path, false))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("is not a path");
    }

    @Test
    void refers_to_slacks_token_and_never_holds_it() {
        JsonNode notifications = json(argoCd("", false)).at("/notifications");

        assertThat(notifications.at("/secret/create").asBoolean(true)).isFalse();
        assertThat(notifications.at("/secret/name").asText()).isEqualTo("argocd-notifications");
        assertThat(notifications.at("/notifiers").get("service.slack").asText()).isEqualTo("token: $slack-token\n");
    }

    @Test
    void runs_no_notifications_without_a_channel() {
        assertThat(json(new ArgoCdValues(
                                Host.of("argocd.example.org"),
                                "",
                                false,
                                false,
                                Optional.empty(),
                                List.of(),
                                Optional.empty()))
                        .at("/notifications/enabled")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void lets_rollouts_write_virtual_services_in_their_stable_version() {
        assertThat(json(new ArgoRolloutsValues(Replicas.fixed(1), SOME))
                        .at("/controller/extraArgs/0")
                        .asText())
                .isEqualTo("--istio-api-version=v1");
    }

    @Test
    void announces_addresses_without_bgp() {
        JsonNode values = json(new MetalLbValues(false));

        assertThat(values.at("/frrk8s/enabled").asBoolean(true)).isFalse();
        assertThat(values.at("/speaker/frr/enabled").asBoolean(true)).isFalse();
    }

    @Test
    void asks_other_nameservers_only_where_some_are_named() {
        assertThat(json(new CertManagerValues(Name.of("cert-manager"), List.of(), Map.of(), Map.of()))
                        .has("dns01RecursiveNameservers"))
                .isFalse();
        assertThat(json(new CertManagerValues(
                                Name.of("cert-manager"), List.of("1.1.1.1:53", "8.8.8.8:53"), Map.of(), Map.of()))
                        .at("/dns01RecursiveNameservers")
                        .asText())
                .isEqualTo("1.1.1.1:53,8.8.8.8:53");
    }

    private static ArgoCdValues argoCd(String path, boolean meshed) {
        return new ArgoCdValues(
                Host.of("argocd.example.org"),
                path,
                meshed,
                false,
                Optional.of(new SlackNotifications("ops", "argocd-notifications", "slack-token")),
                List.of(),
                Optional.empty());
    }

    private static IstiodValues istiod(IstioRelease istio, Replicas replicas) {
        return new IstiodValues(istio, Revision.only(), Map.of(), new TreeMap<>(), replicas, SOME, SOME);
    }

    private static GatewayValues gateway(IstioRelease istio, Replicas replicas, int targetPort) {
        return new GatewayValues(
                istio,
                Optional.empty(),
                GatewayPod.of(Name.of("istio-ingressgateway"), Name.of("edge")),
                new GatewayService(
                        "LoadBalancer",
                        List.of(GatewayPort.of("https", 443, targetPort)),
                        new TreeMap<>(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty()),
                replicas,
                SOME);
    }

    private static IstioRelease istio(String kubernetes, String istio) {
        return Compatibility.resolve(Version.of(kubernetes), Version.of(istio)).istio();
    }

    private static JsonNode json(ChartValues values) {
        return new ObjectMapper().valueToTree(values.values());
    }
}
