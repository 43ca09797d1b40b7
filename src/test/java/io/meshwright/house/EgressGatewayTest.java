package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Reading;
import io.meshwright.manifest.Manifest;
import io.meshwright.trace.answer.Path;
import io.meshwright.value.Name;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an egress gateway makes of calls that leave the azure platform. */
class EgressGatewayTest {
    private static final String VARIANT = "azure-egress-gateway";
    private static Synthesized platform;

    @BeforeAll
    static void synthesizes_the_variant() {
        platform = Synthesized.variant("azure", VARIANT);
    }

    @Test
    void leaves_the_checks_nothing_to_find() {
        assertThat(platform.findings().all()).isEmpty();
    }

    @ParameterizedTest(name = "{0} calls {1}")
    @CsvSource({
        "user-service, tcp://buildingbite-db.postgres.database.azure.com:5432",
        "customer-service, tcp://reports.buildingbite.com:5432",
        "product-service, tls://buildingbite-events.servicebus.windows.net:9093",
        "product-service, https://buildingbite-ai.openai.azure.com/openai/deployments"
    })
    void passes_declared_calls_on_to_the_host_that_they_name(String caller, String url) {
        Path path = call(caller, url);

        String host = url.replaceFirst(".*//([^:/]*).*", "$1");
        // DNS alone knows which addresses the host has, so that some doubt about NetworkPolicies stays.
        assertThat(path.verdict().summary()).contains(host).doesNotContain("RBAC");
        assertThat(path.hops().toString())
                .contains(
                        "gateway istio-egress/istio-egressgateway",
                        "Istio's mutual TLS",
                        "TLS of mode ISTIO_MUTUAL ends here for %s".formatted(host),
                        "authorization: an ALLOW rule fits");
    }

    @ParameterizedTest(name = "{0} calls {1}")
    @CsvSource({
        "frontend, tcp://buildingbite-db.postgres.database.azure.com:5432",
        "user-service, tcp://reports.buildingbite.com:5432",
        "user-service, https://buildingbite-ai.openai.azure.com/openai/deployments"
    })
    void passes_nothing_on_that_nobody_declared(String caller, String url) {
        assertThat(call(caller, url).verdict().isDelivered()).isFalse();
        assertThat(call(caller, url).verdict().summary()).contains("REGISTRY_ONLY");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"customer-service", "user-service", "product-service", "management-service", "keycloak"})
    void is_all_that_its_callers_reach_outside(String namespace) {
        assertThat(platform.environment().services().get(Name.of(namespace)).uses())
                .isNotEmpty()
                .allSatisfy(external -> {
                    Manifest policy =
                            platform.object("NetworkPolicy", namespace, "%s-to-%s".formatted(namespace, external));
                    assertThat(policy.at("/spec/egress/0/to")).hasSize(1);
                    assertThat(policy.at("/spec/egress/0/to/0/podSelector/matchLabels/istio")
                                    .asText())
                            .isEqualTo("egressgateway");
                });
    }

    @Test
    void alone_reaches_the_addresses_of_the_hosts() {
        Manifest policy = platform.object("NetworkPolicy", "istio-egress", "istio-egressgateway-to-reports");

        assertThat(policy.at("/spec/egress/0/to/0/ipBlock/cidr").asText()).isEqualTo("198.51.100.0/24");
        assertThat(policy.at("/spec/egress/0/ports/0/port").asInt()).isEqualTo(5432);
    }

    @Test
    void runs_as_a_restricted_pod_of_its_own_namespace_with_a_budget() {
        JsonNode release =
                platform.object("Application", "argocd", "istio-egressgateway").at("/spec");

        assertThat(release.at("/destination/namespace").asText()).isEqualTo("istio-egress");
        JsonNode values = release.at("/source/helm/valuesObject");
        assertThat(values.at("/service/type").asText()).isEqualTo("ClusterIP");
        assertThat(values.at("/service/ports").findValuesAsText("port")).containsExactly("443", "5432", "5671", "9093");
        assertThat(values.at("/service/ports").findValuesAsText("targetPort"))
                .containsExactly("8443", "5432", "5671", "9093");
        assertThat(values.at("/podDisruptionBudget/minAvailable").asInt()).isEqualTo(1);
        assertThat(values.at("/replicaCount").asInt()).isEqualTo(3);
        assertThat(values.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(values.at("/resources/limits/memory").asText()).isEqualTo("1Gi");
    }

    @Test
    void stands_where_pods_are_restricted_and_is_made_before_what_uses_it() {
        assertThat(platform.object("Namespace", "istio-egress")
                        .at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                        .asText())
                .isEqualTo("restricted");
        int gateway = wave("istio-egressgateway");
        assertThat(gateway).isGreaterThan(wave("istiod")).isLessThan(wave("services"));
    }

    private static int wave(String application) {
        return platform.object("Application", "argocd", application)
                .at("/metadata/annotations/argocd.argoproj.io~1sync-wave")
                .asInt();
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
        replicas: 3         | replicas: 0            | egressGateway.replicas | a gateway without pods
        egressGateway:      | egressGatewy:          | write "egressGateway"  | a misspelt gateway
        egressGateway: true | egressGateway: false   | egressGateway: nothing leaves through it; write egressGateway: true at entries of externals, or remove it | a gateway that nobody uses
        frontend: {}        | istio-egress: {}       | namespaces.istio-egress: holds the egress gateway and nothing else | services beside it
        """)
    void is_refused_where_it_cannot_be(String right, String wrong, String told, String what) {
        String file = Synthesized.text("azure", VARIANT);

        assertThat(file).contains(right);
        assertThat(problems(file.replace(right, wrong))).contains(told);
    }

    @Test
    void is_missing_where_an_external_service_asks_for_it() {
        String file = Synthesized.text("azure", VARIANT).replaceFirst("egressGateway:\n  replicas: 3\n", "");

        assertThat(problems(file))
                .contains("externals.openai.egressGateway: there is no egress gateway; declare egressGateway, or remove"
                        + " it");
    }

    @Test
    void is_no_way_for_a_service_without_a_sidecar() {
        String file = Synthesized.text("azure", VARIANT)
                .replace("  customer-service:\n    namespace:", "  customer-service:\n    mesh: false\n    namespace:");

        assertThat(problems(file))
                .contains("services.customer-service.uses[0]: \"postgres\" leaves through the egress gateway, "
                        + "which a pod without a sidecar cannot use");
    }

    private static String problems(String file) {
        var reading = EnvironmentReader.read("file.yaml", file.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).isInstanceOf(Reading.Refused.class);
        return ((Reading.Refused<Environment>) reading).problems().toString();
    }

    private static Path call(String caller, String url) {
        return platform.trace()
                .request("GET", url)
                .from("%s/%s".formatted(caller, caller))
                .path();
    }
}
