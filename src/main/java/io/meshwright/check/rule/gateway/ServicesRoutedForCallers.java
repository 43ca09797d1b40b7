package io.meshwright.check.rule.gateway;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The routes for a Service of the cluster are there for its callers in the mesh: a VirtualService that names gateways
 * alone is heeded by no sidecar, and clients outside do not ask for names of the cluster (istio.io,
 * VirtualService.gateways).
 */
@AutoService(Inspection.class)
public final class ServicesRoutedForCallers implements Check {
    public static final Rule CALLERS_WITHOUT_ROUTES = Rule.warning("MESH405", "callers_without_routes")
            .title("Callers of a Service in the mesh heed none of the routes that are written for it")
            .consequence("They go to the Service itself, without split, timeout or retry.")
            .remedy(
                    "Add mesh to gateways where callers inside are meant; write the public name where those outside are.");

    private static final String ANY = "*";

    @Override
    public List<Rule> rules() {
        return List.of(CALLERS_WITHOUT_ROUTES);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.virtualServices().all().stream()
                .filter(routes -> !routes.isDelegate())
                .flatMap(routes -> IntStream.range(0, routes.hosts().size())
                        .boxed()
                        .flatMap(index -> (routes.isOnMesh()
                                        ? abbreviated(mesh, routes, index)
                                        : finding(mesh, routes, index))
                                .stream()));
    }

    /** Istio completes a name without dots alone; DNS completes others too, so that callers may write either. */
    private static Optional<Finding> abbreviated(Mesh mesh, VirtualService routes, int index) {
        String host = routes.hosts().get(index);
        String[] parts = host.split("\\.");
        boolean partial = parts.length == 2 || parts.length == 3 && parts[2].equals("svc");
        return !partial || !mesh.services().of(host).isEmpty()
                ? Optional.empty()
                : mesh.services()
                        .kubernetes(parts[1], parts[0])
                        .filter(service -> routes.hosts().stream().noneMatch(service.host()::equals))
                        .map(service -> CALLERS_WITHOUT_ROUTES
                                .at(
                                        Source.of(routes.manifest()).item("spec/hosts", index),
                                        "Istio does not complete \"%s\", so calls to %s by any other of its names heed none of these routes"
                                                .formatted(host, service))
                                .remedy("Write %s.".formatted(service.host())));
    }

    private static Optional<Finding> finding(Mesh mesh, VirtualService routes, int index) {
        String host = completed(mesh, routes.hosts().get(index));
        List<Gateway> gateways = routes.gateways().stream()
                .flatMap(name -> mesh.gateways().find(name).stream())
                .toList();
        List<Pod> proxies = gateways.stream()
                .flatMap(gateway -> mesh.gateways().pods(gateway).stream())
                .toList();
        // One that is not among the manifests may be for callers inside.
        boolean isKnown = gateways.size() == routes.gateways().size();
        return mesh.services().of(host).stream()
                .filter(service -> service.isKubernetes() && isOfPods(mesh, service, proxies))
                .findFirst()
                .filter(service -> !isRoutedInside(mesh, host)
                        && gateways.stream().noneMatch(gateway -> names(gateway, host))
                        && !isInside(mesh, proxies))
                .map(service -> CALLERS_WITHOUT_ROUTES
                        .at(
                                Source.of(routes.manifest()).item("spec/hosts", index),
                                "its gateways leave out mesh, so callers of %s inside heed none of these routes, and clients outside would have to ask for that name"
                                        .formatted(host))
                        .as(isKnown ? Severity.WARNING : Severity.INFO));
    }

    /** A gateway takes a name with dots as it is written; that of a Service may be written without its end. */
    private static String completed(Mesh mesh, String host) {
        return host.endsWith(".svc") ? "%s.%s".formatted(host, mesh.config().domain()) : host;
    }

    /** One that stands for another name, or has no pods of its own, may lead to the gateway. */
    private static boolean isOfPods(Mesh mesh, Service service, List<Pod> proxies) {
        return service.alias().isEmpty()
                && service.selector().isPresent()
                && mesh.services().pods(service).stream().noneMatch(proxies::contains);
    }

    private static boolean isRoutedInside(Mesh mesh, String host) {
        return Stream.concat(mesh.virtualServices().all().stream(), mesh.virtualServices().ofGatewayApi().stream())
                .filter(VirtualService::isOnMesh)
                .flatMap(other -> other.hosts().stream())
                .anyMatch(name -> HostName.within(host, name));
    }

    /** A server that has names of the cluster is one for callers that ask for them. */
    private static boolean names(Gateway gateway, String host) {
        return gateway.servers().stream()
                .flatMap(server -> server.hostNames().stream())
                .anyMatch(name -> !name.equals(ANY) && HostName.within(host, name));
    }

    /** Routes of the mesh that lead to the gateway bring it the names that they are for. */
    private static boolean isInside(Mesh mesh, List<Pod> proxies) {
        return mesh.virtualServices().all().stream()
                .filter(VirtualService::isOnMesh)
                .flatMap(other -> mesh.virtualServices().routes(other).stream())
                .flatMap(route -> route.destinations().stream())
                .flatMap(to -> mesh.services().of(mesh.services().host(to.host(), to.namespace())).stream())
                .flatMap(service -> mesh.services().pods(service).stream())
                .anyMatch(proxies::contains);
    }
}
