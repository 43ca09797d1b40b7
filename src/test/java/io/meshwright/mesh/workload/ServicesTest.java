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
        assertThat(mesh.services().find("mine.openai.azure.com", "shop")).isEmpty();
        assertThat(mesh.services().find("mine.openai.azure.com", "egress")).isPresent();
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

    private static String entry(String name, String namespace, String spec) {
        return "{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: %s, namespace: %s}, spec: {%s}}"
                .formatted(name, namespace, spec);
    }

    @Test
    void a_service_comes_before_an_entry_of_its_host_and_ones_own_before_others() {
        String ports = "ports: [{number: 80, name: http, protocol: HTTP}], resolution: STATIC";
        Mesh mesh = Meshes.of(
                entry("web", "apps", "hosts: [web.shop.svc.cluster.local], " + ports),
                Meshes.service("shop", "web"),
                entry("api", "a", "hosts: [api.example.com], " + ports),
                entry("api", "b", "hosts: [api.example.com], " + ports));

        assertThat(mesh.services().find("web.shop.svc.cluster.local", "ops"))
                .map(Service::isKubernetes)
                .contains(true);
        assertThat(mesh.services().find("web.shop.svc.cluster.local", "apps"))
                .map(Service::isKubernetes)
                .contains(false);
        assertThat(mesh.services().find("api.example.com", "b"))
                .map(Service::namespace)
                .contains("b");
        assertThat(mesh.services().find("api.example.com", "c"))
                .map(Service::namespace)
                .contains("a");
    }

    @Test
    void of_several_that_share_a_host_the_one_with_the_port_is_found() {
        Mesh mesh = Meshes.of(
                entry("one", "a", "hosts: [x.example], ports: [{number: 80, name: http, protocol: HTTP}]"),
                entry("two", "b", "hosts: [x.example], ports: [{number: 443, name: tls, protocol: TLS}]"));

        assertThat(mesh.services().find("x.example", "ops", 443))
                .map(Service::namespace)
                .contains("b");
        assertThat(mesh.services().find("x.example", "ops", 80))
                .map(Service::namespace)
                .contains("a");
        assertThat(mesh.services().find("x.example", "ops", 99))
                .map(Service::namespace)
                .contains("a");
    }

    @Test
    void an_address_leads_to_the_narrowest_block_of_its_port() {
        String tcp = "ports: [{number: 99, name: tcp, protocol: TCP}], resolution: STATIC";
        Mesh mesh = Meshes.of(
                entry("wide", "a", "hosts: [wide.example], addresses: [10.0.0.0/8], " + tcp),
                entry("narrow", "b", "hosts: [narrow.example], addresses: [10.1.0.0/16], " + tcp),
                entry("one", "c", "hosts: [one.example], addresses: [10.1.0.9], " + tcp),
                entry("host", "d", "hosts: [host.example], addresses: [10.1.0.9/32], " + tcp),
                entry("hidden", "e", "hosts: [hidden.example], addresses: [10.2.0.0/16], exportTo: ['.'], " + tcp));

        assertThat(at(mesh, "10.9.0.1", 99)).contains("wide.example");
        assertThat(at(mesh, "10.1.2.3", 99)).contains("narrow.example");
        assertThat(at(mesh, "10.1.0.9", 99)).contains("one.example");
        assertThat(at(mesh, "10.2.0.1", 99)).contains("wide.example");
        assertThat(at(mesh, "10.1.2.3", 98)).isEmpty();
        assertThat(at(mesh, "11.0.0.1", 99)).isEmpty();
    }

    private static java.util.Optional<String> at(Mesh mesh, String address, int port) {
        return mesh.services().at(address, "ops", port).map(Service::host);
    }

    @Test
    void entries_of_a_port_without_addresses_are_found_by_who_may_see_them() {
        String spec = "hosts: [%s], ports: [{number: 99, name: x, protocol: %s}]";
        Mesh mesh = Meshes.of(
                entry("tcp", "a", spec.formatted("tcp.example", "TCP")),
                entry("http", "a", spec.formatted("http.example", "HTTP")),
                entry("at", "a", spec.formatted("at.example", "TCP") + ", addresses: [10.0.0.9]"),
                entry("own", "a", spec.formatted("own.example", "TCP") + ", exportTo: ['.']"),
                entry("sniffed", "a", "hosts: [sniffed.example], ports: [{number: 99, name: x}]"));

        assertThat(mesh.services().bare("ops", 99))
                .extracting(Service::host)
                .containsExactlyInAnyOrder("tcp.example", "http.example", "sniffed.example");
        assertThat(mesh.services().bare("ops", 98)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hosts: [a.example], ports: [{number: 99, name: x, protocol: HTTP}] | true",
                "hosts: [a.example], ports: [{number: 99, name: x, protocol: TCP}] | false",
                "hosts: [a.example], ports: [{number: 99, name: x}] | true",
                "hosts: [a.example], addresses: [10.0.0.9], ports: [{number: 99, name: x}] | false",
                "hosts: [a.example], ports: [{number: 98, name: x, protocol: HTTP}] | false"
            })
    void a_port_of_all_addresses_is_read_as_http_for_the_sake_of_one(String spec, boolean read) {
        Mesh mesh = Meshes.of(entry("a", "a", spec));

        assertThat(mesh.services().readsHttpAnywhere(99, service -> true)).isEqualTo(read);
        assertThat(mesh.services().readsHttpAnywhere(99, service -> false)).isFalse();
    }

    @Test
    void a_service_without_a_protocol_makes_no_port_http() {
        Mesh mesh = Meshes.of("{apiVersion: v1, kind: Service, metadata: {name: a, namespace: shop}, spec: {ports:"
                + " [{name: x, port: 99}]}}");

        assertThat(mesh.services().readsHttpAnywhere(99, service -> true)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clusterIP: 10.0.0.1, clusterIPs: [10.0.0.1, 'fd00::1'] | 10.0.0.1,fd00::1",
                "clusterIP: 10.0.0.1 | 10.0.0.1",
                "clusterIP: None, clusterIPs: [None] | ''",
                "type: ClusterIP | ''"
            })
    void a_service_is_called_at_its_addresses(String spec, String addresses) {
        Mesh mesh = Meshes.of(
                "{apiVersion: v1, kind: Service, metadata: {name: a, namespace: shop}, spec: {%s}}".formatted(spec));

        assertThat(String.join(",", mesh.services().all().get(0).reach().addresses()))
                .isEqualTo(addresses);
    }

    @Test
    void an_entry_has_the_name_of_its_object_and_a_service_that_of_its_host() {
        Mesh mesh = Meshes.of(entry("entry", "a", "hosts: [x.example]"), Meshes.service("shop", "web"));

        assertThat(mesh.services().all()).extracting(Service::name).containsExactly("web", "entry");
    }

    @Test
    void ztunnels_know_all_addresses_of_a_block_or_the_first_alone() {
        String tcp = "ports: [{number: 99, name: tcp, protocol: TCP}], resolution: STATIC";
        Services services = Meshes.of(
                        entry("wide", "a", "hosts: [wide.example], addresses: [10.0.0.0/8], " + tcp),
                        entry(
                                "narrow",
                                "b",
                                "hosts: [narrow.example], addresses: [10.1.0.0/16], exportTo: ['.'], " + tcp),
                        entry("one", "c", "hosts: [one.example], addresses: [10.1.0.9], " + tcp),
                        entry("other", "d", "hosts: [other.example], addresses: [10.1.0.0/24], " + tcp))
                .services();

        assertThat(services.holding("10.1.0.9", true))
                .extracting(Service::host)
                .containsExactly("one.example", "other.example", "narrow.example", "wide.example");
        assertThat(services.holding("10.1.2.9", true))
                .extracting(Service::host)
                .containsExactly("narrow.example", "wide.example");
        assertThat(services.holding("10.1.0.9", false))
                .extracting(Service::host)
                .containsExactly("one.example");
        assertThat(services.holding("10.1.0.0", false))
                .extracting(Service::host)
                .containsExactly("other.example", "narrow.example");
        assertThat(services.holding("11.0.0.1", true)).isEmpty();
    }

    @Test
    void labels_by_place_count_as_fitting_on_an_endpoint_that_does_not_say_its_own() {
        Service.Reach reach = Meshes.of(entry(
                        "db",
                        "a",
                        "hosts: [db.example], ports: [{number: 99, name: tcp, protocol: TCP}], resolution: STATIC,"
                                + " endpoints: [{address: 10.0.0.1, labels: {role: main, topology.kubernetes.io/zone: z1}},"
                                + " {address: 10.0.0.2, labels: {role: copy}}]"))
                .services()
                .all()
                .get(0)
                .reach();
        String zone = "topology.kubernetes.io/zone";

        assertThat(reach.isMet(Selector.of(java.util.Map.of("role", "copy", zone, "z2"))))
                .isTrue();
        assertThat(reach.isMet(Selector.of(java.util.Map.of("role", "main", zone, "z1"))))
                .isTrue();
        assertThat(reach.isMet(Selector.of(java.util.Map.of("role", "main", zone, "z2"))))
                .isFalse();
        assertThat(reach.isMet(Selector.of(java.util.Map.of("role", "none")))).isFalse();
    }
}
