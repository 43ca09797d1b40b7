package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.ConnectionRoute;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A gateway follows its own routes only: a split among subsets or hosts that sidecars follow is unknown to it. */
@AutoService(Inspection.class)
public final class SplitReachesIngress implements Check {
    public static final Rule SPLIT_PASSED_BY = Rule.warning("MESH142", "split_passed_by")
            .title("A gateway passes by the subsets or Services among which sidecars split a host")
            .twins("IST0140")
            .consequence("Clients outside meet every version in proportion to its pods.")
            .remedy(
                    "Write the destinations and weights into the gateway's route too, or bind one VirtualService to both.");

    public static final Rule RULES_PASSED_BY = Rule.warning("MESH404", "rules_passed_by")
            .title("A gateway passes by what sidecars do to the calls of a host")
            .consequence("Clients outside meet neither its timeout and retries nor its faults, headers and mirrors.")
            .remedy("Write them into the gateway's route too, or bind one VirtualService to both.");

    /** Fields by which a route changes a call on its way to the same Service. */
    private static final List<String> DONE =
            List.of("fault", "timeout", "retries", "mirror", "mirrors", "headers", "rewrite");

    @Override
    public List<Rule> rules() {
        return List.of(SPLIT_PASSED_BY, RULES_PASSED_BY);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Map<String, VirtualService> splits = new TreeMap<>();
        onMesh(mesh).forEach(service -> {
            destinations(mesh, service)
                    .filter(to -> to.subset().isPresent() && service.hosts().contains(host(mesh, to)))
                    .forEach(to -> splits.putIfAbsent(host(mesh, to), service));
            if (isSplitByHost(mesh, service)) {
                service.hosts().forEach(host -> splits.putIfAbsent(host, service));
            }
        });
        Map<String, VirtualService> doing = new TreeMap<>();
        mesh.virtualServices().all().stream()
                .filter(service -> service.isOnMesh() && !service.isDelegate())
                .forEach(service -> service.hosts().stream()
                        .filter(host -> !splits.containsKey(host) && isOfHttp(mesh, host))
                        .forEach(host -> doing.putIfAbsent(host, service)));
        Stream<Finding> requests = ofGateways(mesh)
                .flatMap(service -> mesh.virtualServices().routes(service).stream()
                        .filter(route -> hosts(mesh, route) < 2)
                        .flatMap(route -> route.destinations().stream()
                                .filter(to -> to.subset().isEmpty() && !isForGateways(mesh, service, to))
                                .flatMap(to -> Stream.concat(
                                        Stream.ofNullable(splits.get(host(mesh, to)))
                                                .filter(split -> split != service)
                                                .map(split ->
                                                        SPLIT_PASSED_BY.at(to.source(), passedBy(mesh, split, to))),
                                        Stream.ofNullable(doing.get(host(mesh, to)))
                                                .filter(rules -> rules != service)
                                                .flatMap(rules -> undone(mesh, rules, route, to).stream())))))
                .distinct();
        return Stream.concat(requests, connections(mesh));
    }

    /** The same of connections, which entries of tls and tcp share out. */
    private static Stream<Finding> connections(Mesh mesh) {
        Map<String, VirtualService> splits = new TreeMap<>();
        onMesh(mesh)
                .filter(service -> entries(mesh, service).anyMatch(entry -> hosts(mesh, entry) > 1))
                .forEach(service -> service.hosts().forEach(host -> splits.putIfAbsent(host, service)));
        return ofGateways(mesh)
                .flatMap(service -> entries(mesh, service)
                        .filter(entry -> hosts(mesh, entry) == 1)
                        .flatMap(entry -> entry.shares().stream())
                        .map(HttpRoute.Share::destination)
                        .filter(to -> to.subset().isEmpty() && !isForGateways(mesh, service, to))
                        .flatMap(to -> Stream.ofNullable(splits.get(host(mesh, to)))
                                .filter(split -> split != service)
                                .map(split -> SPLIT_PASSED_BY.at(to.source(), sharedOut(split, to)))))
                .distinct();
    }

    private static Stream<ConnectionRoute> entries(Mesh mesh, VirtualService service) {
        return Stream.of("tls", "tcp").flatMap(list -> mesh.virtualServices().connections(service, list).stream());
    }

    private static long hosts(Mesh mesh, ConnectionRoute entry) {
        return entry.shares().stream()
                .map(share -> host(mesh, share.destination()))
                .distinct()
                .count();
    }

    /** Sidecars heed rules of HTTP on such ports alone. */
    private static boolean isOfHttp(Mesh mesh, String host) {
        return mesh.services().of(host).stream()
                .flatMap(service -> service.ports().stream())
                .anyMatch(port -> port.protocol().mayBeHttp());
    }

    /** Routes of the Gateway API whose parent is a Service share its calls out as VirtualServices do. */
    private static Stream<VirtualService> onMesh(Mesh mesh) {
        return written(mesh).filter(VirtualService::isOnMesh);
    }

    private static Stream<VirtualService> written(Mesh mesh) {
        return Stream.concat(mesh.virtualServices().all().stream(), mesh.virtualServices().ofGatewayApi().stream());
    }

    private static Stream<VirtualService> ofGateways(Mesh mesh) {
        return written(mesh)
                .filter(service -> !service.isDelegate()
                        && service.gateways().stream().anyMatch(name -> !name.equals(VirtualService.MESH)));
    }

    /** True if a waypoint stands behind the gateway and heeds the rules there. */
    private static boolean isForGateways(Mesh mesh, VirtualService routes, Destination to) {
        return mesh.services().of(host(mesh, to)).stream()
                .anyMatch(service -> routes.gateways().stream()
                        .flatMap(name -> mesh.gateways().find(name).stream())
                        .flatMap(gateway -> mesh.gateways().pods(gateway).stream())
                        .anyMatch(pod -> mesh.waypoints().between(pod, service).isPresent()));
    }

    /** A note if others than a gateway may call the host: sidecars may be meant to do more than it. */
    private static Optional<Finding> undone(Mesh mesh, VirtualService rules, HttpRoute route, Destination to) {
        List<String> missing = DONE.stream()
                .filter(field -> mesh.virtualServices().routes(rules).stream()
                        .anyMatch(own -> own.body().has(field) && leadsOn(mesh, own, to)))
                .filter(field -> !route.body().has(field) && !isUnsayable(route, field))
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(RULES_PASSED_BY
                        .at(
                                to.source(),
                                "%s has %s for calls of \"%s\" by sidecars only; what comes through the gateway has nothing of that"
                                        .formatted(rules, String.join(", ", missing), to.host()))
                        .as(mayBeCalled(mesh, rules, to) ? Severity.INFO : Severity.WARNING));
    }

    /** The Gateway API's standard channel has no word for retries, which Istio then makes as by default. */
    private static boolean isUnsayable(HttpRoute route, String field) {
        return route.isOfGatewayApi() && field.equals("retries");
    }

    /** True if it is about calls that end where the gateway's do. */
    private static boolean leadsOn(Mesh mesh, HttpRoute own, Destination to) {
        return own.destinations().stream().anyMatch(each -> host(mesh, each).equals(host(mesh, to)));
    }

    private static boolean mayBeCalled(Mesh mesh, VirtualService rules, Destination to) {
        List<Pod> behind = mesh.services().of(host(mesh, to)).stream()
                .flatMap(service -> mesh.services().pods(service).stream())
                .toList();
        return mesh.pods().all().stream()
                .anyMatch(pod -> !behind.contains(pod)
                        && (pod.proxy().isOfApplication() || pod.proxy().type() == Proxy.Type.UNKNOWN)
                        && rules.export().reaches(pod.namespace()));
    }

    /** True if one of its routes shares requests out among several Services. */
    private static boolean isSplitByHost(Mesh mesh, VirtualService service) {
        return routes(mesh, service).stream().anyMatch(route -> hosts(mesh, route) > 1);
    }

    private static long hosts(Mesh mesh, HttpRoute route) {
        return route.destinations().stream()
                .map(to -> host(mesh, to))
                .distinct()
                .count();
    }

    private static String passedBy(Mesh mesh, VirtualService split, Destination to) {
        boolean bySubset = destinations(mesh, split)
                .anyMatch(each -> each.subset().isPresent() && host(mesh, each).equals(host(mesh, to)));
        return bySubset
                ? "%s leads to subsets of \"%s\" for sidecars only; what comes through the gateway goes to all pods"
                        .formatted(split, to.host())
                : sharedOut(split, to);
    }

    private static String sharedOut(VirtualService split, Destination to) {
        return "%s shares \"%s\" out among several Services for sidecars only; what comes through the gateway goes to that one"
                .formatted(split, to.host());
    }

    /** The routes that it says itself, before delegates come in. */
    private static List<HttpRoute> routes(Mesh mesh, VirtualService service) {
        return service.manifest().kind().isOfGatewayApi()
                ? mesh.virtualServices().routes(service)
                : service.written();
    }

    private static Stream<Destination> destinations(Mesh mesh, VirtualService service) {
        return routes(mesh, service).stream().flatMap(route -> route.destinations().stream());
    }

    private static String host(Mesh mesh, Destination destination) {
        return mesh.services().host(destination.host(), destination.namespace());
    }
}
