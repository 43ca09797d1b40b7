package io.meshwright.house;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.check.Checks;
import io.meshwright.environment.Environment;
import io.meshwright.environment.MergedYaml;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Reading;
import io.meshwright.stack.EnvironmentPages;
import io.meshwright.trace.Trace;
import io.meshwright.trace.report.RequestTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How clients come in: by listeners that share a port, each host with a certificate and a demand of its own. */
class EdgesTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String FILE = file();
    private static final SortedMap<String, String> OBJECTS = objects();
    private static final Environment ENVIRONMENT = environment();

    @Test
    void are_admitted_by_api_server_and_checks() {
        assertThat(Checks.run(Rendering.read(OBJECTS), Optional.empty()).all())
                .extracting(Object::toString)
                .filteredOn(finding -> finding.startsWith("gateway/") || finding.startsWith("services/"))
                .isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> answer_as_the_table_says() {
        Trace trace = Trace.of(Rendering.mesh(OBJECTS));
        return RequestTable.read(Path.of("test/resources/trace/edges.yaml")).stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.toString(), () -> assertThat(row.misses(trace)).isEmpty()));
    }

    @Test
    void show_a_certificate_for_each_group_of_hosts() {
        assertThat(object("gateway/Gateway/shop.edge"))
                .has("/spec/servers/1/port/name", "https")
                .has("/spec/servers/1/tls/credentialName", "org")
                .has("/spec/servers/2/port/name", "https-shop-example-com")
                .has("/spec/servers/2/tls/credentialName", "com");
        assertThat(object("gateway/Certificate/istio-system.org"))
                .hasJson("/spec/dnsNames", "['*.example.org']")
                .has("/spec/issuerRef/name", "letsencrypt");
        assertThat(object("gateway/Certificate/istio-system.com"))
                .hasJson("/spec/dnsNames", "['shop.example.com']")
                .has("/spec/issuerRef/name", "partners-ca");
    }

    @Test
    void open_each_port_of_the_pods_once() {
        assertThat((Iterable<JsonNode>) object("argocd/Application/istio-ingressgateway")
                        .at("/spec/source/helm/valuesObject/service/ports"))
                .extracting(port -> port.path("port").asInt())
                .containsExactly(80, 443, 8883, 5432);
    }

    @Test
    void ask_for_client_certificates_in_a_gateway_of_their_own() {
        assertThat(object("gateway/Gateway/shop.edge-admin-example-org"))
                .hasJson("/spec/servers/0/hosts", "['admin.example.org']")
                .has("/spec/servers/0/tls/mode", "MUTUAL");
        assertThat(object("services/VirtualService/shop.admin-example-org"))
                .hasJson("/spec/gateways", "['shop/edge-admin-example-org']");
        assertThat(object("services/VirtualService/shop.web-example-org")).hasJson("/spec/gateways", "['shop/edge']");
    }

    @Test
    void come_in_by_gateways_of_their_own() {
        assertThat(object("argocd/Application/istio-internal").at("/spec/source/helm/valuesObject"))
                .hasJson("/labels", "{app: 'istio-internal', istio: 'internal'}")
                .has("/replicaCount", 3)
                .has("/serviceAccount/name", "istio-internal")
                .has("/service/type", "LoadBalancer")
                .has("/service/loadBalancerClass", "metallb.io/inside")
                .has("/service/annotations/example.org~1team", "shop")
                .has("/service/annotations/metallb.io~1loadBalancerIPs", "192.168.1.201")
                .hasJson("/service/loadBalancerSourceRanges", "['10.0.0.0/8']")
                .lacks("/podAnnotations");
        assertThat(object("argocd/Application/istio-partners").at("/spec/source/helm/valuesObject"))
                .has("/service/type", "NodePort")
                .has("/service/externalTrafficPolicy", "Local")
                .has("/service/ports/0/nodePort", 30081)
                .has("/podAnnotations/proxy.istio.io~1config", "{\"gatewayTopology\":{\"numTrustedProxies\":1}}");
        assertThat(object("gateway/Gateway/shop.internal")).hasJson("/spec/selector", "{istio: 'internal'}");
    }

    @Test
    void are_admitted_by_each_gateway_that_brings_them_and_by_no_other() {
        assertThat(object("services/VirtualService/shop.desk-example-net-internal"))
                .hasJson("/spec/gateways", "['shop/internal']")
                .hasJson("/spec/hosts", "['desk.example.net']");
        assertThat(object("services/AuthorizationPolicy/shop.web-callers").toString())
                .contains("istio-system/sa/istio-internal", "istio-system/sa/istio-partners");
        assertThat(object("services/AuthorizationPolicy/shop.api-callers").toString())
                .doesNotContain("istio-internal");
        assertThat(object("services/NetworkPolicy/shop.web-callers").toString())
                .contains("\"istio\":\"internal\"", "\"istio\":\"partners\"");
        assertThat(object("gateway/AuthorizationPolicy/istio-system.internal-desk-example-net-addresses-0"))
                .hasJson("/spec/selector/matchLabels", "{istio: 'internal'}");
    }

    @Test
    void pass_on_what_no_gateway_reads() {
        assertThat(object("gateway/Gateway/shop.edge"))
                .hasJson("/spec/servers/3/tls", "{mode: 'PASSTHROUGH'}")
                .has("/spec/servers/3/port/protocol", "TLS")
                .has("/spec/servers/4/tls/mode", "SIMPLE")
                .has("/spec/servers/5/port/protocol", "TCP");
        assertThat(object("services/VirtualService/shop.db-db-example-org"))
                .hasJson("/spec/tls/0/match", "[{port: 443, sniHosts: ['db.example.org']}]")
                .has("/spec/tls/0/route/0/destination/port/number", 443);
        assertThat(object("services/VirtualService/shop.db-tcp-5432"))
                .hasJson("/spec/hosts", "['*']")
                .hasJson("/spec/tcp/0/match", "[{port: 5432}]");
        assertThat(object("services/VirtualService/shop.db-mqtt-example-org"))
                .hasJson("/spec/tcp/0/match", "[{port: 8883}]")
                .lacks("/spec/tls");
        assertThat((Iterable<JsonNode>) object("argocd/Application/istio-ingressgateway")
                        .at("/spec/source/helm/valuesObject/service/ports"))
                .extracting(port -> port.path("name").asText())
                .containsExactly("http2", "https", "tls-8883", "tcp-5432");
    }

    @Test
    void stand_in_the_posture_with_their_gateway() {
        assertThat(EnvironmentPages.of(ENVIRONMENT).get("posture/shop.md"))
                .contains("443 HTTPS (SIMPLE) at internal", "80 HTTP at partners", "istio-system/internal")
                .contains("| db.example.org | 443 TLS", "| mqtt.example.org | 8883 TLS", "| 5432 TCP |");
    }

    private static JsonNode object(String name) {
        assertThat(OBJECTS).containsKey(name);
        try {
            return YAML.readTree(OBJECTS.get(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String file() {
        try {
            return MergedYaml.of(
                    Files.readString(Path.of("test/resources/agreement/base.yaml")),
                    Files.readString(Path.of("test/resources/environments/edges.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SortedMap<String, String> objects() {
        try {
            return Rendering.objects(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Environment environment() {
        var reading = EnvironmentReader.read("file.yaml", FILE.getBytes(StandardCharsets.UTF_8));
        return ((Reading.Accepted<Environment>) reading).value();
    }
}
