package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.check.evidence.GatewayRoute;
import io.meshwright.check.evidence.Rivals;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gatewayapi.ApiRoutes;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.stream.Stream;

/** A listener of the Gateway API takes the routes that name it, and what they and it refer to elsewhere is granted. */
@AutoService(Inspection.class)
public final class ApiRoutesAdmitted implements Check {
    public static final Rule ROUTE_NOT_ADMITTED = Rule.error("MESH325", "route_not_admitted")
            .title("No listener takes a route of the Gateway API that names it")
            .restingOn(Kind.API_GATEWAY)
            .consequence("Requests for the route get 404.")
            .remedy("Let allowedRoutes, hostname and protocol of the listener, or the route, say the same.");

    public static final Rule REFERENCE_NOT_GRANTED = Rule.error("MESH326", "reference_not_granted")
            .title("No ReferenceGrant allows what a route or listener refers to in another namespace")
            .consequence("A route answers 500; a listener is not opened.")
            .remedy("Write a ReferenceGrant in the namespace of the Service or Secret, for the kind and namespace of"
                    + " who refers to it.");

    @Override
    public List<Rule> rules() {
        return List.of(ROUTE_NOT_ADMITTED, REFERENCE_NOT_GRANTED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Completeness completeness = new Completeness(mesh);
        return Stream.of(
                        mesh.refusedRoutes().stream().map(refusal -> refused(mesh, refusal)),
                        Stream.concat(
                                        GatewayRoute.of(mesh).stream()
                                                .flatMap(entry -> entry.route().destinations().stream()),
                                        connections(mesh))
                                .filter(target -> !mesh.referenceGrants().admit(target))
                                .map(target -> backend(mesh, completeness, target)),
                        mesh.pods().all().stream()
                                .filter(pod -> pod.proxy().isGateway())
                                .flatMap(pod -> mesh.gateways().ungranted(pod).stream())
                                .map(secret -> certificate(mesh, completeness, secret)))
                .flatMap(findings -> findings);
    }

    private static Finding refused(Mesh mesh, ApiRoutes.Refusal refusal) {
        Source parent = refusal.parent();
        return Rivals.ofGateway(
                mesh,
                Kind.API_GATEWAY,
                parent.value().path("namespace").asText(parent.manifest().home()),
                parent.value().path("name").asText(""),
                ROUTE_NOT_ADMITTED.at(parent, "%s, so the route gets no requests".formatted(refusal.why())));
    }

    /** The destinations of connections that gateways pass on without reading HTTP. */
    private static Stream<Destination> connections(Mesh mesh) {
        return mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isGateway())
                .flatMap(pod -> mesh.gateways().listeners(pod).stream()
                        .flatMap(listener -> listener.servers().stream())
                        .filter(server -> !server.isHttp())
                        .flatMap(server -> mesh.virtualServices().visible(server.gateway(), pod.namespace()).stream())
                        .distinct())
                .flatMap(routes -> Stream.of("tls", "tcp")
                        .flatMap(list -> mesh.virtualServices().connections(routes, list).stream()))
                .flatMap(route -> route.shares().stream())
                .map(HttpRoute.Share::destination);
    }

    private static Finding backend(Mesh mesh, Completeness completeness, Destination target) {
        Manifest route = target.source().manifest();
        String namespace = target.source().value().path("namespace").asText(route.home());
        return Completeness.weighed(
                REFERENCE_NOT_GRANTED.at(
                        target.source(),
                        "no ReferenceGrant of namespace \"%s\" lets %ss of \"%s\" lead to %s there, so %s"
                                .formatted(
                                        namespace,
                                        route.kind().name(),
                                        route.home(),
                                        target.host(),
                                        isOfConnections(route) ? "connections are closed" : "requests get 500")),
                isTelling(mesh, completeness, namespace));
    }

    static boolean isOfConnections(Manifest route) {
        return route.kind().equals(Kind.TLS_ROUTE) || route.kind().equals(Kind.TCP_ROUTE);
    }

    private static Finding certificate(Mesh mesh, Completeness completeness, Source secret) {
        String namespace =
                secret.value().path("namespace").asText(secret.manifest().home());
        return Completeness.weighed(
                REFERENCE_NOT_GRANTED.at(
                        secret,
                        "no ReferenceGrant of namespace \"%s\" lets %s use Secret \"%s\", so the listener is not opened"
                                .formatted(
                                        namespace,
                                        secret.manifest(),
                                        secret.value().path("name").asText(""))),
                isTelling(mesh, completeness, namespace));
    }

    /** Tells whether a grant would be among the manifests: its namespace or something of it is. */
    private static boolean isTelling(Mesh mesh, Completeness completeness, String namespace) {
        return completeness.services(namespace)
                || mesh.namespaces().manifest(namespace).isPresent();
    }
}
