package io.meshwright.mesh.waypoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.waypoint.Waypoint.Effect;
import io.meshwright.mesh.workload.Service;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which waypoint stands between a client and a service, by labels of service and namespace. */
class WaypointsTest {
    private static final String USE = "istio.io/use-waypoint: ";

    private static String namespace(String labels) {
        return "{apiVersion: v1, kind: Namespace, metadata: {name: flat, labels: {istio.io/dataplane-mode: ambient, %s}}}"
                .formatted(labels);
    }

    private static String service(String labels) {
        return "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: flat, labels: {%s}}, spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: http}]}}"
                .formatted(labels);
    }

    private static String gateway(String name, String type, String labels) {
        return "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {namespace: flat, name: %s, labels: {%s}}, spec: {gatewayClassName: %s, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}}"
                .formatted(name, labels, type);
    }

    private static Mesh mesh(String namespaceLabels, String service, String... more) {
        return Meshes.of(
                IstioVersion.of("1.30.0"),
                namespace(namespaceLabels),
                service,
                Meshes.deployment("flat", "web"),
                Meshes.deployment("flat", "job"),
                gateway("way", "istio-waypoint", ""),
                gateway("pods", "istio-waypoint", "istio.io/waypoint-for: workload"),
                gateway("foreign", "other", ""),
                String.join("\n---\n", more));
    }

    private static Optional<Waypoint> between(Mesh mesh) {
        Service web = mesh.services().kubernetes("flat", "web").orElseThrow();
        return mesh.waypoints().between(Meshes.pod(mesh, "flat", "job"), web);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // labels of the namespace, and of the service
                "'' | '' | | ",
                "'' | istio.io/use-waypoint: way | PASSED | ",
                "istio.io/use-waypoint: way | '' | PASSED | ",
                "istio.io/use-waypoint: way | istio.io/use-waypoint: none | | ",
                "istio.io/use-waypoint: none | '' | | ",
                "istio.io/use-waypoint: gone | istio.io/use-waypoint: way | PASSED | ",
                "istio.io/use-waypoint: way | istio.io/use-waypoint: gone | UNKNOWN"
                        + " | the Gateway flat/gone of a waypoint is not among the manifests",
                "'' | istio.io/use-waypoint: way, istio.io/use-waypoint-namespace: ops | UNKNOWN"
                        + " | the Gateway ops/way of a waypoint is not among the manifests",
                "'' | istio.io/use-waypoint: foreign | UNKNOWN"
                        + " | the waypoint flat/foreign is not of the class istio-waypoint, and what it does is not followed",
                "'' | istio.io/use-waypoint: pods | NONE | the waypoint flat/pods is not for calls to services",
                "'' | 'istio.io/use-waypoint: way, gateway.istio.io/managed: istio.io-mesh-controller' | | "
            })
    void a_label_names_the_waypoint_of_a_service(String around, String own, Effect effect, String why) {
        Optional<Waypoint> found = between(mesh(around, service(own)));

        assertThat(found.map(Waypoint::effect)).isEqualTo(Optional.ofNullable(effect));
        if (why != null) {
            assertThat(found.orElseThrow().why()).isEqualTo(why);
        }
    }

    @Test
    void the_label_that_counts_is_named() {
        assertThat(between(mesh("", service(USE + "way"))).map(Waypoint::label))
                .map(Source::pointer)
                .contains("/metadata/labels/istio.io~1use-waypoint");
        assertThat(between(mesh(USE + "way", service(""))).map(Waypoint::label))
                .map(label -> label.manifest().name())
                .contains("flat");
        assertThat(between(mesh(USE + "way", service(USE + "way"))).map(Waypoint::label))
                .map(label -> label.manifest().name())
                .contains("web");
    }

    @Test
    void a_service_without_an_address_has_no_waypoint() {
        String labelled = service(USE + "way");

        assertThat(between(mesh("", labelled))).isPresent();
        assertThat(between(mesh("", labelled.replace("spec: {", "spec: {clusterIP: None, "))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // release, entry, has an address of its own
                "1.24.0 | resolution: DNS | false",
                "1.25.0 | resolution: DNS | true",
                "1.25.0 | resolution: NONE | false",
                "1.24.0 | 'resolution: STATIC, addresses: [10.0.0.9]' | true",
                "1.25.0 | 'resolution: NONE, addresses: [10.0.0.9]' | true"
            })
    void an_entry_has_a_waypoint_where_it_has_an_address(String release, String spec, boolean found) {
        Mesh mesh = Meshes.of(
                IstioVersion.of(release),
                namespace(""),
                Meshes.deployment("flat", "job"),
                gateway("way", "istio-waypoint", ""),
                "{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: e, namespace: flat, labels: {%s}}, spec: {hosts: [api.example.com], ports: [{number: 80, name: http, protocol: HTTP}], %s}}"
                        .formatted(USE + "way", spec));
        Service entry = mesh.services().find("api.example.com", "flat").orElseThrow();

        assertThat(mesh.waypoints()
                        .between(Meshes.pod(mesh, "flat", "job"), entry)
                        .isPresent())
                .isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // labels of the namespace, and of the service
                "'' | istio.io/use-waypoint: way | false",
                "'' | 'istio.io/use-waypoint: way, istio.io/ingress-use-waypoint: \"true\"' | true",
                "'' | 'istio.io/use-waypoint: way, istio.io/ingress-use-waypoint: \"false\"' | false",
                "istio.io/ingress-use-waypoint: \"true\" | istio.io/use-waypoint: way | true",
                "istio.io/ingress-use-waypoint: \"true\" | 'istio.io/use-waypoint: way, istio.io/ingress-use-waypoint: \"false\"' | false"
            })
    void gateways_pass_by_unless_a_label_says_otherwise(String around, String own, boolean through) {
        Mesh mesh = mesh(around, service(own), Meshes.gatewayChart());
        Service web = mesh.services().kubernetes("flat", "web").orElseThrow();
        var gateway = Meshes.pod(mesh, "istio-ingress", "istio-ingressgateway");

        assertThat(mesh.waypoints().between(gateway, web).isPresent()).isEqualTo(through);
        assertThat(mesh.waypoints().passedBy(gateway, web).isPresent()).isEqualTo(!through);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // labels and weight of the namespace, labels and weight of the service, and where a share goes
                "istio.io/use-waypoint: way, istio.io/use-waypoint-canary: new | 10 | '' | | flat/new",
                "istio.io/use-waypoint: way, istio.io/use-waypoint-canary: new | 10 | '' | 30 | flat/new",
                "istio.io/use-waypoint: way, istio.io/use-waypoint-canary: new | | '' | | ",
                "istio.io/use-waypoint: way, istio.io/use-waypoint-canary: new | 10 | istio.io/use-waypoint: way | | ",
                "istio.io/use-waypoint: way, istio.io/use-waypoint-canary: new | 10 | istio.io/use-waypoint-canary: other | | flat/other",
                "'' | | istio.io/use-waypoint: way, istio.io/use-waypoint-canary: new | 10 | flat/new",
                "'' | 10 | istio.io/use-waypoint: way, istio.io/use-waypoint-canary: new | | ",
                "'' | | istio.io/use-waypoint: way, istio.io/use-waypoint-canary: way | 10 | ",
                "istio.io/use-waypoint: way, istio.io/use-waypoint-canary: way | 10 | '' | | ",
                "istio.io/use-waypoint: new | | istio.io/use-waypoint: way, istio.io/use-waypoint-canary: new | 10 | flat/new",
                "'' | | istio.io/use-waypoint: way, istio.io/use-waypoint-canary: none | 10 | "
            })
    void a_share_goes_through_a_second_waypoint_where_the_one_who_names_the_first_says_so(
            String around, String weightAround, String own, String weight, String second) {
        String annotations = "}, annotations: {istio.io/use-waypoint-canary-weight: \"%s\"}";
        String namespace = weightAround == null
                ? namespace(around)
                : namespace(around)
                        .replace("}}}", annotations.formatted(weightAround).concat("}}"));
        String service = weight == null
                ? service(own)
                : service(own).replace("}}, spec", annotations.formatted(weight).concat("}, spec"));
        Mesh mesh = Meshes.of(
                IstioVersion.of("1.31.0"),
                namespace,
                service,
                Meshes.deployment("flat", "web"),
                Meshes.deployment("flat", "job"),
                gateway("way", "istio-waypoint", ""));
        Waypoint found = between(mesh).orElseThrow();

        assertThat(found.effect()).isEqualTo(second == null ? Effect.PASSED : Effect.UNKNOWN);
        if (second != null) {
            assertThat(found.why()).endsWith("of the calls go through the waypoint %s instead".formatted(second));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // labels of the namespace, of the service, of the pod, and the waypoints that nobody uses
                "'' | '' | '' | pods,way",
                "istio.io/use-waypoint: way | '' | '' | pods",
                "'' | istio.io/use-waypoint: way | '' | pods",
                "'' | istio.io/use-waypoint: pods | '' | pods,way",
                "'' | 'istio.io/use-waypoint: way, istio.io/use-waypoint-namespace: ops' | '' | pods,way",
                "'' | 'istio.io/use-waypoint: way, istio.io/use-waypoint-namespace: flat' | '' | pods",
                "'' | '' | istio.io/use-waypoint: pods | way",
                "'' | '' | istio.io/use-waypoint: way | pods,way"
            })
    void a_waypoint_is_used_by_the_services_and_pods_that_it_is_for(
            String around, String own, String pod, String unused) {
        Mesh mesh = Meshes.of(
                namespace(around),
                service(own),
                Meshes.deployment("flat", "web")
                        .replace("labels: {app", "labels: {%s app".formatted(pod.isEmpty() ? "" : pod.concat(","))),
                gateway("way", "istio-waypoint", ""),
                gateway("pods", "istio-waypoint", "istio.io/waypoint-for: workload"),
                gateway("foreign", "other", ""));

        assertThat(mesh.waypoints().unused(mesh.services().all(), mesh.pods().all()))
                .extracting(gateway -> gateway.name())
                .containsExactly(unused.split(","));
    }
}
