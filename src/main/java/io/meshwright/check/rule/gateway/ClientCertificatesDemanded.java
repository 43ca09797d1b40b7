package io.meshwright.check.rule.gateway;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.GatewayPods;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Listener;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.route.RouteTable;
import io.meshwright.mesh.route.VirtualHost;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A host whose server demands client certificates is not answered on connections for a name of another server of the
 * port: SNI chooses the server and its certificate, the Host header alone the route behind it, and the routes of a
 * server are those of every VirtualService that is bound to its Gateway and whose host it covers
 * (pilot/pkg/networking/core/gateway.go, buildGatewayHTTPRouteConfig).
 */
@AutoService(Inspection.class)
public final class ClientCertificatesDemanded implements Check {
    public static final Rule CLIENT_CERTIFICATE_EVADED = Rule.error("MESH352", "client_certificate_evaded")
            .title("A host that demands client certificates answers without them under another name")
            .consequence("Who shows another server's name in TLS and this host in the Host header needs none.")
            .remedy("Give the server that demands them a Gateway of its own, and bind the host's routes to that one"
                    + " alone.");

    private static final String PROBE = "any";

    @Override
    public List<Rule> rules() {
        return List.of(CLIENT_CERTIFICATE_EVADED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return GatewayPods.of(mesh)
                .flatMap(pod -> mesh.gateways().listeners(pod).stream()
                        .filter(Listener::isTls)
                        .flatMap(listener -> listener.servers().stream()
                                .filter(ClientCertificatesDemanded::demands)
                                .flatMap(server -> findings(mesh, pod, listener, server))))
                .distinct();
    }

    private static boolean demands(Server server) {
        return server.isHttp() && server.tls().mode().equals("MUTUAL");
    }

    private static Stream<Finding> findings(Mesh mesh, Pod pod, Listener listener, Server demanding) {
        RouteTable own = mesh.gatewayRoutes().of(pod, List.of(demanding));
        return listener.servers().stream()
                .filter(other -> other != demanding && other.isHttp() && !asksTheSame(demanding, other))
                .flatMap(other ->
                        finding(demanding, own, other, mesh.gatewayRoutes().of(pod, List.of(other))).stream());
    }

    /** One Secret holds one CA of clients. */
    private static boolean asksTheSame(Server one, Server other) {
        return demands(other) && one.tls().credentialName().equals(other.tls().credentialName());
    }

    private static Optional<Finding> finding(Server demanding, RouteTable own, Server other, RouteTable table) {
        return own.hosts().stream()
                .filter(host -> table.find(sample(host.domain()))
                        .filter(found -> sharesRoutes(host, found))
                        .isPresent())
                .findFirst()
                .map(host -> CLIENT_CERTIFICATE_EVADED.at(
                        demanding.source().at("/tls/mode"),
                        ("requests for %s need a certificate of a client here, and arrive without it on connections"
                                        + " for %s, which the server \"%s\" of %s takes")
                                .formatted(
                                        host.domain(),
                                        other.hostNames().get(0),
                                        other.portName(),
                                        other.source().manifest())));
    }

    private static String sample(String domain) {
        return domain.startsWith("*") ? PROBE.concat(domain.substring(1)) : domain;
    }

    private static boolean sharesRoutes(VirtualHost one, VirtualHost other) {
        return one.parts().stream()
                .anyMatch(part -> other.parts().stream().anyMatch(rival -> rival.manifest() == part.manifest()));
    }
}
