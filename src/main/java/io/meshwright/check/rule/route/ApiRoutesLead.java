package io.meshwright.check.rule.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.check.evidence.GatewayRoute;
import io.meshwright.check.evidence.Nearby;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A route of the Gateway API is bound to listeners that exist and leads to Services that exist, on ports of theirs. */
@AutoService(Inspection.class)
public final class ApiRoutesLead implements Check {
    private static final String REMEDY = "Name a Gateway of the Gateway API, and one of its listeners, in parentRefs.";
    private static final List<Kind> KINDS = List.of(Kind.HTTP_ROUTE, Kind.GRPC_ROUTE, Kind.TLS_ROUTE, Kind.TCP_ROUTE);

    /** The kinds of backends that a release may know. */
    private static final Set<String> ISTIOS = Set.of("Service", "ServiceImport", "Hostname", "InferencePool");

    /** None of its own: those for routes of Istio say the same. */
    @Override
    public List<Rule> rules() {
        return List.of();
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Completeness completeness = new Completeness(mesh);
        List<Manifest> routes = KINDS.stream()
                .flatMap(kind -> mesh.manifests().kind(kind).stream())
                .toList();
        return Stream.concat(
                routes.stream()
                        .flatMap(route -> Stream.concat(
                                Source.of(route)
                                        .items("spec/parentRefs")
                                        .flatMap(parent -> parent(mesh, parent).stream()),
                                backends(route).flatMap(backend -> backend(mesh, completeness, backend).stream()))),
                routes.stream().flatMap(ApiRoutesLead::backends).anyMatch(ApiRoutesLead::isForeign)
                        ? foreign(mesh)
                        : Stream.empty());
    }

    private static Stream<Source> backends(Manifest route) {
        return Source.of(route).items("spec/rules").flatMap(rule -> rule.items("backendRefs"));
    }

    private static boolean isForeign(Source backend) {
        return !ISTIOS.contains(backend.value().path("kind").asText("Service"));
    }

    /** Other controllers have kinds of backends of their own, so only what comes to a gateway of Istio's counts. */
    private static Stream<Finding> foreign(Mesh mesh) {
        return GatewayRoute.of(mesh).stream()
                .flatMap(entry -> entry.route().destinations().stream())
                .filter(target -> target.isOfGatewayApi() && isForeign(target.source()))
                .map(target -> RouteToKnownHost.ROUTE_TO_UNKNOWN_HOST.at(
                        target.source().at("/kind"),
                        "Istio knows no backends of kind \"%s\", so the gateway answers 500"
                                .formatted(target.source().value().path("kind").asText())));
    }

    /** The end of it at a gateway: only where it reads HTTP it can answer. */
    private static String end(Source backend) {
        return ApiRoutesAdmitted.isOfConnections(backend.manifest())
                ? "so the gateway closes the connection"
                : "so the gateway answers 500";
    }

    /** The items of a list below a mapping, by its path without the first slash. */
    private static Optional<Finding> parent(Mesh mesh, Source parent) {
        JsonNode body = parent.value();
        String namespace = body.path("namespace").asText(parent.manifest().home());
        String name = body.path("name").asText("");
        if (!body.path("kind").asText("Gateway").equals("Gateway")
                || mesh.externals().hasGateway(namespace, name)) {
            return Optional.empty();
        }
        Optional<Manifest> gateway = mesh.manifests().find(Kind.API_GATEWAY, namespace, name);
        if (gateway.isEmpty()) {
            List<Manifest> gateways = mesh.manifests().kind(Kind.API_GATEWAY);
            boolean telling = gateways.stream().anyMatch(other -> other.home().equals(namespace))
                    && new Nearby(gateways).isTelling(parent.manifest());
            return Optional.of(Completeness.weighed(
                    RouteToKnownGateway.ROUTE_TO_UNKNOWN_GATEWAY
                            .at(
                                    parent,
                                    "namespace \"%s\" has no Gateway \"%s\", so nothing takes requests for the route"
                                            .formatted(namespace, name))
                            .remedy(REMEDY),
                    telling));
        }
        return listener(parent, gateway.get())
                .map(finding -> Completeness.weighed(finding, Nearby.together(parent.manifest(), gateway.get())));
    }

    /** The section or port of a parent that no listener of the Gateway has. */
    private static Optional<Finding> listener(Source parent, Manifest gateway) {
        JsonNode body = parent.value();
        String section = body.path("sectionName").asText("");
        List<JsonNode> meant = Fields.items(gateway.at("/spec/listeners")).stream()
                .filter(listener ->
                        section.isEmpty() || listener.path("name").asText("").equals(section))
                .toList();
        Optional<Integer> port = Fields.number(body.path("port"));
        if (meant.isEmpty() && !section.isEmpty()) {
            return Optional.of(none(
                    parent.at("/sectionName"),
                    "%s has no listener \"%s\", so nothing takes requests for the route".formatted(gateway, section)));
        }
        return port.filter(number -> meant.stream()
                        .noneMatch(listener -> listener.path("port").asInt(0) == number))
                .map(number -> none(
                        parent.at("/port"),
                        "%s has no listener%s on port %d, so nothing takes requests for the route"
                                .formatted(gateway, section.isEmpty() ? "" : " \"%s\"".formatted(section), number)));
    }

    private static Finding none(Source place, String why) {
        return RouteToKnownGateway.ROUTE_TO_UNKNOWN_GATEWAY.at(place, why).remedy(REMEDY);
    }

    private static Optional<Finding> backend(Mesh mesh, Completeness completeness, Source backend) {
        JsonNode body = backend.value();
        String home = backend.manifest().home();
        String namespace = body.path("namespace").asText(home);
        String name = body.path("name").asText("");
        if (!body.path("kind").asText("Service").equals("Service")
                || !body.path("group").asText("").isEmpty()) {
            return Optional.empty();
        }
        String host = HostName.ofService(name, namespace, mesh.config().domain());
        Optional<Finding> lost = completeness
                .near(backend.manifest(), completeness.lost(host, namespace, home))
                .map(why -> why.weighed(RouteToKnownHost.ROUTE_TO_UNKNOWN_HOST.at(
                        backend.at("/name"), "%s, %s".formatted(why.why(), end(backend)))));
        return lost.or(() -> mesh.services()
                .kubernetes(namespace, name)
                .flatMap(service -> Fields.number(body.path("port"))
                        .filter(port -> service.port(port).isEmpty())
                        .map(port -> Completeness.weighed(
                                RouteToKnownPort.ROUTE_TO_UNKNOWN_PORT.at(
                                        backend.at("/port"),
                                        "service %s has no port %d, %s".formatted(service, port, end(backend))),
                                Nearby.together(
                                        backend.manifest(), service.source().manifest())))));
    }
}
