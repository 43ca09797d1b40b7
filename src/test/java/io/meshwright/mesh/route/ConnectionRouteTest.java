package io.meshwright.mesh.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import io.meshwright.mesh.client.Client;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which connections an entry of a VirtualService's tls or tcp takes: at a gateway, in a sidecar, at a waypoint. */
class ConnectionRouteTest {
    private static final Client WEB = new Client("shop", Map.of("app", "web"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | YES",
                "{sniHosts: [db.example.org]} | YES",
                "{sniHosts: ['*.example.org']} | YES",
                "{sniHosts: [x.example.org]} | NO",
                "{sniHosts: [x.example.org]}, {sniHosts: [db.example.org]} | YES",
                "{port: 443} | YES",
                "{port: 0} | YES",
                "{port: 444} | NO",
                "{port: 443, sniHosts: [x.example.org]} | NO",
                "{port: 444, sniHosts: [db.example.org]} | NO",
                "{gateways: [edge/gw]} | YES",
                "{gateways: [gw]} | NO",
                "{gateways: [mesh]} | NO",
                "{destinationSubnets: [10.0.0.0/8]} | UNKNOWN",
                "{gateways: [mesh], destinationSubnets: [10.0.0.0/8]} | NO",
                "{port: 444, destinationSubnets: [10.0.0.0/8]} | NO"
            })
    void a_gateway_asks_for_name_and_port(String matches, Truth fits) {
        assertThat(entry(matches).fitsAt("edge/gw", 443, "db.example.org")).isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{sniHosts: [a.example, b.example]} | [a.example, b.example]",
                "{port: 443, sniHosts: [a.example]} | [a.example]",
                "{port: 0, sniHosts: [a.example]} | [a.example]",
                "{port: 444, sniHosts: [a.example]} | ",
                "{gateways: [edge/gw], sniHosts: [a.example]} | [a.example]",
                "{gateways: [mesh], sniHosts: [a.example]} | "
            })
    void a_gateway_heeds_names_of_its_port(String match, String names) {
        assertThat(entry(match).namesAt("edge/gw", 443).stream().map(List::toString))
                .containsExactlyElementsOf(names == null ? List.of() : List.of(names));
        // a server that ends TLS heeds a TLSRoute alone
        assertThat(entry(match).takesEndedTls("edge/gw", 443)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{sniHosts: [db.example.org]} | YES",
                "{sniHosts: [db.example.org], sourceLabels: {app: web}} | YES",
                "{sniHosts: [db.example.org], sourceLabels: {app: cart}} | NO",
                "{sniHosts: [db.example.org], sourceNamespace: shop} | YES",
                "{sniHosts: [db.example.org], sourceNamespace: ops} | NO",
                "{sniHosts: [db.example.org], gateways: [mesh]} | YES",
                "{sniHosts: [db.example.org], gateways: [edge/gw]} | NO",
                "{sniHosts: [db.example.org], gateways: [mesh], sourceLabels: {app: web}} | YES",
                "{sniHosts: [db.example.org], gateways: [mesh], sourceLabels: {app: cart}} | NO",
                "{sniHosts: [db.example.org], gateways: [mesh], sourceNamespace: ops} | NO",
                "{sniHosts: [x.example.org]} | NO",
                "{sniHosts: [db.example.org], port: 444} | NO",
                "{sniHosts: [db.example.org], destinationSubnets: [10.0.0.0/8]} | UNKNOWN"
            })
    void a_sidecar_asks_for_the_caller_too(String match, Truth fits) {
        ConnectionRoute route = entry(match);

        assertThat(route.fitsFor(WEB, 443, "db.example.org")).isEqualTo(fits);
        assertThat(route.concerns(WEB, 443)).isEqualTo(!fits.isNo() || match.contains("[x.example.org]"));
    }

    @Test
    void an_entry_without_names_concerns_no_tls() {
        assertThat(entry("{port: 443}").concerns(WEB, 443)).isFalse();
        assertThat(entry("").concerns(WEB, 443)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | true",
                "{port: 80} | true",
                "{port: 0} | true",
                "{port: 81} | false",
                "{sniHosts: [web.shop.svc.cluster.local]} | true",
                "{sniHosts: [web.shop.svc.cluster.local, x]} | false",
                "{sniHosts: ['*']} | false",
                "{sourceLabels: {app: web}} | false",
                "{sourceNamespace: shop} | false",
                "{gateways: [mesh]} | true",
                "{gateways: [edge/gw]} | false",
                "{gateways: [edge/gw]}, {port: 80} | true"
            })
    void a_waypoint_knows_neither_callers_nor_other_names(String matches, boolean fits) {
        Mesh mesh = Meshes.of(Meshes.service("shop", "web"));
        Service web = mesh.services().kubernetes("shop", "web").orElseThrow();

        assertThat(entry(matches).fitsAtWaypoint(web, 80)).isEqualTo(fits);
    }

    private static ConnectionRoute entry(String matches) {
        Mesh mesh =
                Meshes.of("{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: v, namespace:"
                        + " shop}, spec: {hosts: [db.example.org], tls: [{match: [%s], route: [{destination: {host: db}}]}]}}"
                                .formatted(matches));
        VirtualService owner = mesh.virtualServices().all().get(0);
        return ConnectionRoute.of(owner, owner.connections("tls").get(0));
    }
}
