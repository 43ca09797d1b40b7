package io.meshwright.mesh.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.terms.Source;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceGrantsTest {
    private static String grant(String namespace, String spec) {
        return "{apiVersion: gateway.networking.k8s.io/v1beta1, kind: ReferenceGrant, metadata: {name: g, namespace: %s}, spec: {%s}}"
                .formatted(namespace, spec);
    }

    /** A route of shop leads to a service of other, and a listener of shop shows a certificate of other. */
    private static Mesh mesh(String grant) {
        return Meshes.of(
                "{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: r, namespace: shop}, spec: {parentRefs: [{group: '', kind: Service, name: web}], rules: [{backendRefs: [{name: web, namespace: other, port: 80}]}]}}",
                "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: w, namespace: shop}, spec: {gatewayClassName: istio, listeners: [{name: a, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: web, namespace: other}]}}]}}",
                Meshes.service("shop", "web"),
                Meshes.service("other", "web"),
                grant);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // namespace of the grant, from kind and namespace, to kind, group and name, whether it grants
                "other | HTTPRoute | shop | Service | '' | '' | true",
                "other | HTTPRoute | shop | Service | '' | web | true",
                "other | HTTPRoute | shop | Service | '' | cart | false",
                "other | HTTPRoute | shop | Secret | '' | '' | false",
                "other | HTTPRoute | shop | Service | x.io | '' | false",
                "other | GRPCRoute | shop | Service | '' | '' | false",
                "other | HTTPRoute | ops | Service | '' | '' | false",
                "ops | HTTPRoute | shop | Service | '' | '' | false"
            })
    void a_grant_names_who_may_refer_to_what(
            String home, String kind, String namespace, String toKind, String toGroup, String name, boolean granted) {
        String grant =
                "from: [{group: gateway.networking.k8s.io, kind: %s, namespace: %s}], to: [{group: '%s', kind: %s%s}]";
        Mesh routes = mesh(grant(
                home,
                grant.formatted(kind, namespace, toGroup, toKind, name.isEmpty() ? "" : ", name: ".concat(name))));
        Mesh certificates = mesh(grant(
                home,
                grant.formatted(
                        kind.replace("HTTPRoute", "Gateway"),
                        namespace,
                        toGroup,
                        toKind.equals("Service") ? "Secret" : "Service",
                        name.isEmpty() ? "" : ", name: ".concat(name))));

        assertThat(routes.referenceGrants()
                        .admit(routes.virtualServices()
                                .routes(routes.virtualServices().ofGatewayApi().get(0))
                                .get(0)
                                .destinations()
                                .get(0)))
                .isEqualTo(granted);
        Source listener = Source.of(Meshes.only(certificates, Kind.API_GATEWAY)).item("spec/listeners", 0);
        assertThat(certificates.referenceGrants().refused(listener).isEmpty()).isEqualTo(granted);
    }
}
