package io.meshwright.mesh.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngressesTest {
    private static String ingress(String name, String metadata, String host, String spec) {
        return "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: %s, namespace: shop%s}, spec: {rules: [{host: %s, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]%s}}"
                .formatted(name, metadata, host, spec);
    }

    private static Mesh mesh(String mode, String... documents) {
        return Meshes.of(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system}, data: {mesh: 'ingressControllerMode: \"%s\"'}}"
                        .formatted(mode),
                "{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: ours}, spec: {controller: istio.io/ingress-controller}}",
                "{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: theirs}, spec: {controller: example.com/other}}",
                Meshes.service("shop", "web"),
                String.join("\n---\n", documents));
    }

    /** An Ingress is served by a Gateway that istiod makes of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STRICT | '' | ', ingressClassName: ours' | true",
                "STRICT | '' | ', ingressClassName: theirs' | false",
                "STRICT | '' | ', ingressClassName: gone' | false",
                "STRICT | ', annotations: {kubernetes.io/ingress.class: istio}' | '' | true",
                "STRICT | ', annotations: {kubernetes.io/ingress.class: nginx}' | '' | false",
                "STRICT | '' | '' | false",
                "DEFAULT | '' | '' | true",
                "DEFAULT | '' | ', ingressClassName: theirs' | false",
                "OFF | ', annotations: {kubernetes.io/ingress.class: istio}' | '' | false"
            })
    void the_class_and_the_mode_of_the_mesh_say_whether_istiod_serves_one(
            String mode, String metadata, String spec, boolean served) {
        Mesh mesh = mesh(mode, ingress("a", metadata, "a.example", spec));

        assertThat(mesh.gateways().claiming().isEmpty()).isNotEqualTo(served);
        assertThat(mesh.ingresses().elsewhere("a.example").isEmpty()).isEqualTo(served);
    }

    @Test
    void the_hosts_of_its_tls_section_are_those_of_a_server_and_without_any_all() {
        Mesh mesh = mesh(
                "DEFAULT",
                ingress("a", "", "a.example", ", tls: [{hosts: [A.example], secretName: one}, {secretName: two}]"));

        assertThat(mesh.gateways().claiming().get(0).servers())
                .extracting(server -> "%s %d %s".formatted(server.portName(), server.port(), server.hostNames()))
                .containsExactly("https-0 443 [a.example]", "https-1 443 [*]", "http 80 [*]");
    }

    @Test
    void ingresses_of_one_host_and_untold_age_are_contested_and_those_of_others_are_not() {
        Mesh mesh = mesh(
                "DEFAULT",
                ingress("a", "", "a.example", ""),
                ingress("b", "", "a.example", ""),
                ingress("c", "", "b.example", ""));

        assertThat(contested(mesh, "a.example")).containsExactly("a", "b");
        assertThat(contested(mesh, "b.example")).isEmpty();
        assertThat(contested(mesh, "c.example")).isEmpty();
    }

    private static List<String> contested(Mesh mesh, String host) {
        return mesh.ingresses().contested(host).stream()
                .map(Source::manifest)
                .map(manifest -> manifest.name())
                .toList();
    }

    /** Paths of one host, of all its Ingresses, in the order in which they are asked. */
    @Test
    void the_longer_path_is_asked_first_and_of_equal_ones_the_exact() {
        String path = "{path: %s, pathType: %s, backend: {service: {name: web, port: {name: http}}}}";
        Mesh mesh = mesh(
                "DEFAULT",
                "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: a, namespace: shop}, spec: {rules: [{host: a.example, http: {paths: [%s]}}]}}"
                        .formatted(
                                String.join(
                                        ", ",
                                        path.formatted("/", "Prefix"),
                                        path.formatted("/ab", "Prefix"),
                                        path.formatted("/ab", "Exact"),
                                        path.formatted("/abc", "Prefix"),
                                        path.formatted("/d/.*", "ImplementationSpecific"),
                                        path.formatted("/efg/*", "ImplementationSpecific"),
                                        path.formatted("/hijklmn", "ImplementationSpecific"),
                                        "{path: /gone, pathType: Exact, backend: {service: {name: web, port: {name: none}}}}")));

        assertThat(mesh.virtualServices().visible("istio-system/a-istio-ingressgateway-shop", "istio-system").stream()
                        .flatMap(service -> mesh.virtualServices().routes(service).stream())
                        .map(route -> route.matches().get(0).body().path("uri").toString()))
                .containsExactly(
                        "{\"exact\":\"/hijklmn\"}",
                        "{\"segments\":\"/abc\"}",
                        "{\"segments\":\"/efg\"}",
                        "{\"exact\":\"/ab\"}",
                        "{\"segments\":\"/ab\"}",
                        "{\"segments\":\"/d\"}",
                        "{\"prefix\":\"/\"}");
    }

    @ParameterizedTest
    @CsvSource({"'number: 81', 81", "'name: http', 80", "'number: 0, name: http', 80", "'name: none', "})
    void a_port_is_named_by_its_number_or_else_by_its_name(String port, Integer number) {
        Mesh mesh = mesh(
                "DEFAULT",
                ingress("a", "", "a.example", "").replace("port: {number: 80}", "port: {%s}".formatted(port)));

        assertThat(mesh.virtualServices().visible("istio-system/a-istio-ingressgateway-shop", "istio-system").stream()
                        .flatMap(service -> mesh.virtualServices().routes(service).stream())
                        .map(route -> route.body()
                                .at("/route/0/destination/port/number")
                                .asInt())
                        .toList())
                .isEqualTo(number == null ? List.of() : List.of(number));
    }
}
