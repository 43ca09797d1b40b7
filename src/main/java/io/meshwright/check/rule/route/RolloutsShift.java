package io.meshwright.check.rule.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.check.evidence.IstioRollout;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Argo Rollouts moves weights only of routes that it can tell, and between destinations that it knows
 * (rollout/trafficrouting/istio: getHttpRouteIndexesToPatch, validateVirtualServiceRouteDestinations).
 */
@AutoService(Inspection.class)
public final class RolloutsShift implements Check {
    public static final Rule ROLLOUT_SHIFTS_NOTHING = Rule.error("MESH347", "rollout_shifts_nothing")
            .title("A Rollout cannot move the weights of its VirtualService")
            .consequence("All traffic stays where it is: the release stops as invalid, or is promoted untested.")
            .remedy("List the routes in trafficRouting.istio.virtualService.routes by their names, and let each lead to"
                    + " the stable and the canary Service, or subset.");

    public static final Rule ROLLOUT_DROPS_DESTINATION = Rule.warning("MESH348", "rollout_drops_destination")
            .title("A route that a Rollout changes leads to a destination that is not the Rollout's")
            .consequence("The first change of weights takes the destination out of the route.")
            .remedy("Give the destination a route of its own that the Rollout does not list, or name its subset in"
                    + " additionalSubsetNames.");

    @Override
    public List<Rule> rules() {
        return List.of(ROLLOUT_SHIFTS_NOTHING, ROLLOUT_DROPS_DESTINATION);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return IstioRollout.all(mesh)
                .flatMap(rollout -> Stream.of(
                                rollout.virtualServices().stream().flatMap(named -> routes(mesh, rollout, named)),
                                subsets(mesh, rollout),
                                steps(rollout))
                        .flatMap(findings -> findings));
    }

    private static Stream<Finding> routes(Mesh mesh, IstioRollout rollout, Source named) {
        String written = named.value().path("name").asText("");
        String namespace = rollout.namespaceOf(written);
        // Of several versions, as for blue and green and for a canary, the Rollout's own is the one that it fits.
        Optional<List<Finding>> found = mesh.manifests().kind(Kind.VIRTUAL_SERVICE).stream()
                .filter(service ->
                        service.home().equals(namespace) && service.name().equals(IstioRollout.nameOf(written)))
                .map(service -> Stream.of(
                                routes(rollout, named, service),
                                connections(rollout, named, service, "tls"),
                                connections(rollout, named, service, "tcp"))
                        .flatMap(findings -> findings)
                        .toList())
                .reduce((first, other) -> other.isEmpty() ? other : first);
        return found.map(List::stream)
                .orElseGet(() -> Stream.of(Completeness.weighed(
                        ROLLOUT_SHIFTS_NOTHING.at(
                                named.at("/name"),
                                "namespace \"%s\" has no VirtualService \"%s\"%s"
                                        .formatted(
                                                namespace,
                                                IstioRollout.nameOf(written),
                                                isDotted(mesh, rollout, written)
                                                        ? ", and Argo Rollouts takes what follows a dot in the name for"
                                                                + " the namespace"
                                                        : "")),
                        isDotted(mesh, rollout, written) || has(mesh, Kind.VIRTUAL_SERVICE, namespace))));
    }

    /** True if the name is that of a VirtualService beside the Rollout, dots and all. */
    private static boolean isDotted(Mesh mesh, IstioRollout rollout, String written) {
        return written.contains(".")
                && mesh.manifests()
                        .find(Kind.VIRTUAL_SERVICE, rollout.rollout().home(), written)
                        .isPresent();
    }

    private static boolean has(Mesh mesh, Kind kind, String namespace) {
        return mesh.manifests().kind(kind).stream()
                .anyMatch(object -> object.home().equals(namespace));
    }

    private static Stream<Finding> routes(IstioRollout rollout, Source named, Manifest service) {
        List<Source> own = Source.of(service)
                .items("spec/http")
                .filter(route -> !rollout.managedRoutes().contains(name(route)))
                .toList();
        List<String> listed = Fields.texts(named.value().path("routes"));
        if (listed.isEmpty()) {
            return own.size() > 1
                    ? Stream.of(ROLLOUT_SHIFTS_NOTHING.at(
                            named,
                            "%s has %d routes and none is listed here, so no weight is moved"
                                    .formatted(service, own.size())))
                    : own.stream()
                            .flatMap(
                                    route -> Stream.concat(named(named, service, route), destinations(rollout, route)));
        }
        return IntStream.range(0, listed.size())
                .boxed()
                .flatMap(index -> own.stream()
                        .filter(route -> name(route).equals(listed.get(index)))
                        .findFirst()
                        .map(route -> destinations(rollout, route))
                        .orElseGet(() -> Stream.of(ROLLOUT_SHIFTS_NOTHING.at(
                                named.item("routes", index),
                                "%s has no route \"%s\"".formatted(service, listed.get(index))))));
    }

    /** Argo Rollouts looked for a route without a name there, until 1.9 took the only one (argo-rollouts#3884). */
    private static Stream<Finding> named(Source named, Manifest service, Source route) {
        return name(route).isEmpty()
                ? Stream.empty()
                : Stream.of(ROLLOUT_SHIFTS_NOTHING
                        .at(
                                named,
                                "Argo Rollouts before 1.9 moves no weight of %s, whose route has the name \"%s\" and is not listed here"
                                        .formatted(service, name(route)))
                        .as(Severity.INFO));
    }

    /** Routes of TLS and TCP count as well, listed or not: without a list there may be one alone. */
    private static Stream<Finding> connections(IstioRollout rollout, Source named, Manifest service, String sort) {
        List<Source> own = Source.of(service).items("spec/".concat(sort)).toList();
        String list = sort.concat("Routes");
        int listed = named.value().path(list).size();
        if (own.isEmpty()) {
            return IntStream.range(0, listed)
                    .mapToObj(index -> ROLLOUT_SHIFTS_NOTHING.at(
                            named.item(list, index), "%s has no %s routes".formatted(service, sort)));
        }
        if (listed == 0) {
            return own.size() > 1
                    ? Stream.of(ROLLOUT_SHIFTS_NOTHING.at(
                            named,
                            "%s has %d %s routes and %s lists none here, so the Rollout is invalid"
                                    .formatted(service, own.size(), sort, list)))
                    : destinations(rollout, own.get(0));
        }
        return IntStream.range(0, listed)
                .mapToObj(index -> named.item(list, index))
                .flatMap(wanted -> {
                    List<Source> meant = own.stream()
                            .filter(route -> isMeant(wanted.value(), route.value()))
                            .toList();
                    return meant.isEmpty()
                            ? Stream.of(ROLLOUT_SHIFTS_NOTHING.at(
                                    wanted,
                                    "%s has no %s route with this port%s"
                                            .formatted(service, sort, sort.equals("tls") ? " and these sniHosts" : "")))
                            : meant.stream().flatMap(route -> destinations(rollout, route));
                });
    }

    /** True if a route has that one port, and those server names alone (searchTlsRoute, searchTcpRoute). */
    private static boolean isMeant(JsonNode wanted, JsonNode route) {
        Set<Integer> ports = new TreeSet<>();
        Set<String> names = new TreeSet<>();
        Fields.items(route.path("match")).forEach(match -> {
            ports.add(match.path("port").asInt(0));
            names.addAll(Fields.texts(match.path("sniHosts")));
        });
        return ports.size() < 2
                && ports.stream().findFirst().orElse(0) == wanted.path("port").asInt(0)
                && names.equals(new TreeSet<>(Fields.texts(wanted.path("sniHosts"))));
    }

    private static String name(Source route) {
        return route.value().path("name").asText("");
    }

    private static Stream<Finding> destinations(IstioRollout rollout, Source route) {
        List<String> lacking = rollout.lacking(route.value());
        if (!lacking.isEmpty()) {
            return Stream.of(ROLLOUT_SHIFTS_NOTHING.at(
                    route.at("/route"),
                    "%s moves weights of this route, which leads to no %s"
                            .formatted(rollout.rollout(), String.join(" and no ", lacking))));
        }
        return route.items("route")
                .filter(each -> each.value().path("weight").asInt(0) > 0
                        && !rollout.owns(each.value().path("destination")))
                .map(each -> ROLLOUT_DROPS_DESTINATION.at(
                        each.at("/destination"),
                        "%s moves weights of this route and takes out \"%s\", which is none of its own"
                                .formatted(
                                        rollout.rollout(),
                                        each.value().at("/destination/host").asText(""))));
    }

    private static Stream<Finding> subsets(Mesh mesh, IstioRollout rollout) {
        String namespace = rollout.rollout().home();
        return rollout.destinationRule().stream().flatMap(named -> {
            String name = named.value().path("name").asText("");
            Optional<Manifest> rule = mesh.manifests().find(Kind.DESTINATION_RULE, namespace, name);
            return rule.map(found -> rollout.subsets().stream()
                            .filter(subset -> Fields.items(found.at("/spec/subsets")).stream()
                                    .noneMatch(each -> each.path("name").equals(subset.value())))
                            .map(subset -> ROLLOUT_SHIFTS_NOTHING.at(
                                    subset,
                                    "%s has no subset \"%s\""
                                            .formatted(found, subset.value().asText()))))
                    .orElseGet(() -> Stream.of(Completeness.weighed(
                            ROLLOUT_SHIFTS_NOTHING.at(
                                    named.at("/name"),
                                    "namespace \"%s\" has no DestinationRule \"%s\"".formatted(namespace, name)),
                            has(mesh, Kind.DESTINATION_RULE, namespace))));
        });
    }

    private static Stream<Finding> steps(IstioRollout rollout) {
        return rollout.routesOfSteps().stream()
                .filter(step -> !rollout.managedRoutes().contains(step.value().asText()))
                .map(step -> ROLLOUT_SHIFTS_NOTHING.at(
                        step,
                        "trafficRouting.managedRoutes does not list \"%s\""
                                .formatted(step.value().asText())));
    }
}
