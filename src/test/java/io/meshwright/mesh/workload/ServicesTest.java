package io.meshwright.mesh.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServicesTest {
    private static final String ENTRY = """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {name: apis, namespace: egress}
        spec:
          hosts: [api.example.com, "*.openai.azure.com"]
          exportTo: %s
          ports: [{number: 443, name: tls, protocol: TLS}]
          resolution: NONE
        """;

    @ParameterizedTest
    @CsvSource({
        "reviews, reviews.shop.svc.cluster.local",
        "reviews.prod, reviews.prod",
        "Reviews.example.COM, reviews.example.com",
        "*, *"
    })
    void only_a_name_without_a_dot_is_completed(String written, String host) {
        assertThat(Meshes.of().services().host(written, "shop")).isEqualTo(host);
    }

    @Test
    void a_service_leads_to_the_pods_that_it_selects() {
        Mesh mesh = Meshes.of(
                Meshes.deployment("shop", "web"), Meshes.deployment("other", "web"), Meshes.service("shop", "web"));

        Service service =
                mesh.services().find("web.shop.svc.cluster.local", "other").orElseThrow();
        assertThat(mesh.services().pods(service)).extracting(Pod::toString).containsExactly("shop/web");
        assertThat(service.ports().get(0).on(mesh.services().pods(service).get(0)))
                .hasValue(8080);
    }

    @Test
    void each_host_of_an_entry_is_one_of_the_registry() {
        Mesh mesh = Meshes.of(ENTRY.formatted("['*']"));

        assertThat(mesh.services().find("api.example.com", "shop")).isPresent();
        assertThat(mesh.services().find("mine.openai.azure.com", "shop"))
                .map(Service::host)
                .contains("*.openai.azure.com");
        assertThat(mesh.services().find("openai.azure.com", "shop")).isEmpty();
    }

    @Test
    void an_entry_that_is_not_exported_is_found_only_at_home() {
        Mesh mesh = Meshes.of(ENTRY.formatted("['.']"));

        assertThat(mesh.services().find("api.example.com", "shop")).isEmpty();
        assertThat(mesh.services().find("api.example.com", "egress")).isPresent();
    }

    @Test
    void the_annotation_of_a_service_hides_it() {
        Mesh mesh = Meshes.of(
                "{apiVersion: v1, kind: Service, metadata: {name: a, annotations: {networking.istio.io/exportTo: '.,"
                        + " ops'}}, spec: {}}");

        assertThat(mesh.services().find("a.default.svc.cluster.local", "shop")).isEmpty();
        assertThat(mesh.services().find("a.default.svc.cluster.local", "ops")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "http, , 80, HTTP",
        "http2-x, , 80, HTTP2",
        "grpc-web-x, , 80, GRPC_WEB",
        "web, , 80, SNIFFED",
        "web, , 3306, TCP",
        "'', , 8080, SNIFFED",
        "http, mysql, 80, MYSQL",
        "http, amqp, 80, SNIFFED",
        "x, kubernetes.io/h2c, 80, HTTP2",
        "mysql-a, , 1, MYSQL",
        "HTTP-x, , 1, HTTP"
    })
    void a_port_says_its_protocol(String name, String appProtocol, int number, Protocol protocol) {
        assertThat(Protocol.ofServicePort(number, name, java.util.Optional.ofNullable(appProtocol), "TCP"))
                .isEqualTo(protocol);
    }

    @ParameterizedTest
    @CsvSource({
        "a.b, a.b, true",
        "a.b, *.b, true",
        "*.b, a.b, true",
        "*.a.b, *.b, true",
        "*, a, true",
        "b, *.b, false",
        "*.c.b, *.a.b, false"
    })
    void hosts_overlap(String one, String other, boolean expected) {
        assertThat(HostName.overlap(one, other)).isEqualTo(expected);
    }
}
