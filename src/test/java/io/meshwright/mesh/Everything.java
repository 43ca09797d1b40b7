package io.meshwright.mesh;

import io.meshwright.manifest.Kind;
import io.meshwright.mesh.client.Client;
import io.meshwright.mesh.gateway.Listener;
import io.meshwright.mesh.policy.Call;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.RouteTable;
import io.meshwright.mesh.route.VirtualHost;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.Attribute;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every question of a mesh asked once, with the answers by question: what must not throw, and must not depend on order.
 */
final class Everything {
    private static final HttpRequest REQUEST =
            HttpRequest.of("GET", "https", "shop.example", "/api?q=1").with("x-user", "anna");

    private final Mesh mesh;
    private final Map<String, String> answers = new TreeMap<>();

    private Everything(Mesh mesh) {
        this.mesh = mesh;
    }

    static Map<String, String> askedOf(Mesh mesh) {
        Everything everything = new Everything(mesh);
        mesh.pods().all().forEach(everything::pod);
        mesh.gateways()
                .all()
                .forEach(gateway -> everything.answer(
                        "gateway %s".formatted(gateway.reference()),
                        mesh.gateways().pods(gateway)));
        mesh.virtualServices().all().forEach(everything::routes);
        return everything.answers;
    }

    private void answer(String question, Object answer) {
        answers.put(question, String.valueOf(answer));
    }

    private void pod(Pod pod) {
        answer("proxy %s".formatted(pod), pod.proxy());
        answer(
                "services %s".formatted(pod),
                mesh.services().selecting(pod).stream().map(Service::host).toList());
        answer(
                "listeners %s".formatted(pod),
                mesh.gateways().listeners(pod).stream().map(Listener::port).toList());
        for (Listener listener : mesh.gateways().listeners(pod)) {
            RouteTable table = mesh.gatewayRoutes().of(pod, listener.servers());
            answer(
                    "taken %s %d".formatted(pod, listener.port()),
                    table.find(REQUEST.host())
                            .flatMap(host -> host.route(REQUEST, mesh.version()))
                            .map(entry -> entry.source().manifest())
                            .map(Object::toString));
        }
        Call call = Call.to(8080)
                .with(REQUEST)
                .from(Attribute.known("cluster.local/ns/edge/sa/gateway"))
                .at(Attribute.known("10.0.0.1"), Attribute.unknown());
        answer(
                "allowed %s".formatted(pod),
                mesh.authorizationPolicies().evaluate(pod, call).result());
        answer(
                "token %s".formatted(pod),
                mesh.requestAuthentications()
                        .evaluate(pod, REQUEST.with("authorization", "Bearer x"), Optional.empty())
                        .result());
        answer(
                "mode %s".formatted(pod),
                mesh.peerAuthentications().of(pod, 8080).mode());
        mesh.pods().in("shop").forEach(server -> pair(pod, server));
    }

    private void pair(Pod client, Pod server) {
        answer(
                "network %s %s".formatted(client, server),
                mesh.networkPolicies().between(client, server, 8080).admitted());
        for (Service service : mesh.services().selecting(server)) {
            List<Object> outcomes = new ArrayList<>();
            for (ServicePort port : service.ports()) {
                outcomes.add(mesh.clientTls()
                        .outcome(client, service, port, Optional.of("v1"), server)
                        .getClass()
                        .getSimpleName());
                outcomes.add(mesh.sidecars()
                        .way(client, service.host(), port.number())
                        .isKnown());
                outcomes.add(mesh.routing()
                        .mesh(Client.of(client), service.host(), port.number())
                        .map(VirtualHost::routes)
                        .map(List::size));
            }
            answer("tls %s %s %s".formatted(client, service, server), outcomes);
        }
    }

    private void routes(VirtualService service) {
        for (HttpRoute route : mesh.virtualServices().routes(service)) {
            answer(
                    "route %s %s".formatted(service, route.source().pointer()),
                    List.of(route.shares(), route.mirrors(), route.cors(mesh.version()))
                            .toString()
                            .length());
        }
        answer("kinds", mesh.manifests().kind(Kind.VIRTUAL_SERVICE).size());
    }
}
