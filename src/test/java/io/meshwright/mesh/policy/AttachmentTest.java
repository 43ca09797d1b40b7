package io.meshwright.mesh.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.waypoint.Waypoint;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The policies that act at a waypoint, by what they are attached to. */
class AttachmentTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // release, the policy's namespace and its target, whether it acts for the Service and for the entry
                "1.30.0 | flat | {kind: Service, name: web} | true | false",
                "1.30.0 | flat | {kind: Service, name: out} | false | false",
                "1.30.0 | flat | {kind: ServiceEntry, name: out} | false | true",
                "1.30.0 | flat | {kind: ServiceEntry, name: web} | false | false",
                "1.30.0 | ops | {kind: ServiceEntry, name: out} | false | false",
                "1.30.0 | flat | {kind: Gateway, name: way} | true | true",
                "1.30.0 | flat | {kind: Gateway, name: other} | false | false",
                "1.30.0 | istio-system | {kind: GatewayClass, name: istio-waypoint} | true | true",
                "1.30.0 | istio-system | {kind: GatewayClass, name: istio} | false | false",
                "1.24.0 | istio-system | {kind: GatewayClass, name: istio-waypoint} | false | false",
                "1.24.0 | flat | {kind: ServiceEntry, name: out} | false | true",
                "1.23.0 | flat | {kind: ServiceEntry, name: out} | false | false",
                "1.23.0 | flat | {kind: Service, name: web} | true | false"
            })
    void a_waypoint_heeds_what_is_attached_to_it_or_to_whom_it_serves(
            String release, String namespace, String target, boolean service, boolean entry) {
        Mesh mesh = Meshes.of(
                IstioVersion.of(release),
                "{apiVersion: v1, kind: Namespace, metadata: {name: flat, labels: {istio.io/dataplane-mode: ambient, istio.io/use-waypoint: way}}}",
                "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {namespace: flat, name: way}, spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}}",
                "{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: out, namespace: flat}, spec: {hosts: [out.example], addresses: [10.0.0.9], ports: [{number: 80, name: http, protocol: HTTP}], resolution: STATIC}}",
                Meshes.deployment("flat", "web"),
                Meshes.service("flat", "web"),
                "{apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: p, namespace: %s}, spec: {targetRefs: [%s]}}"
                        .formatted(namespace, target));

        assertThat(acts(mesh, mesh.services().kubernetes("flat", "web").orElseThrow()))
                .isEqualTo(service);
        assertThat(acts(mesh, mesh.services().find("out.example", "flat").orElseThrow()))
                .isEqualTo(entry);
    }

    private static boolean acts(Mesh mesh, Service service) {
        Service web = mesh.services().kubernetes("flat", "web").orElseThrow();
        Pod waypoint = mesh.waypoints()
                .between(Meshes.pod(mesh, "flat", "web"), web)
                .flatMap(Waypoint::proxy)
                .orElseThrow();
        return Attachment.reaches(
                Meshes.only(mesh, Kind.AUTHORIZATION_POLICY), waypoint.serving(service), mesh.config());
    }
}
