package io.meshwright.check.evidence.ambient;

import io.meshwright.check.evidence.WrittenDestination;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The proxies that heed DestinationRules and protocols of a service: those of callers with sidecars, of gateways with a
 * route to it, and waypoints. A ztunnel, behind which the pods of the service and their callers may be, carries bytes.
 */
public final class HeedingProxies {
    private static final List<Kind> ROUTES = List.of(Kind.HTTP_ROUTE, Kind.GRPC_ROUTE, Kind.TLS_ROUTE, Kind.TCP_ROUTE);

    private final Mesh mesh;
    private final Truth anySidecar;
    private final Set<String> ledByGateways;

    public HeedingProxies(Mesh mesh) {
        this.mesh = mesh;
        List<Pod> pods = mesh.pods().all();
        this.anySidecar = pods.stream().anyMatch(pod -> pod.proxy().isSidecar())
                ? Truth.YES
                : pods.stream().anyMatch(pod -> pod.proxy().inMesh() == Truth.UNKNOWN) ? Truth.UNKNOWN : Truth.NO;
        this.ledByGateways = Stream.concat(
                        mesh.virtualServices().all().stream()
                                .filter(route -> route.isDelegate()
                                        || route.gateways().stream()
                                                .anyMatch(gateway -> !gateway.equals(VirtualService.MESH)))
                                .flatMap(route -> WrittenDestination.of(route).stream())
                                .map(target -> mesh.services().host(target.host(), target.namespace())),
                        ROUTES.stream()
                                .flatMap(kind -> mesh.manifests().kind(kind).stream())
                                .filter(HeedingProxies::isOfGateway)
                                .flatMap(this::backends))
                .collect(Collectors.toSet());
    }

    private static boolean isOfGateway(Manifest route) {
        return Source.of(route)
                .items("spec/parentRefs")
                .anyMatch(
                        parent -> parent.value().path("kind").asText("Gateway").equals("Gateway"));
    }

    private Stream<String> backends(Manifest route) {
        return Source.of(route)
                .items("spec/rules")
                .flatMap(rule -> rule.items("backendRefs"))
                .map(Source::value)
                .map(backend -> HostName.ofService(
                        backend.path("name").asText(""),
                        backend.path("namespace").asText(route.home()),
                        mesh.config().domain()));
    }

    /** Tells whether any of them is there for a service; unknown where no manifest tells of a namespace. */
    public Truth areThereFor(Service service) {
        List<Pod> pods = mesh.services().pods(service);
        boolean carried =
                !pods.isEmpty() && pods.stream().allMatch(pod -> pod.proxy().isZtunnel());
        return !carried
                        || ledByGateways.contains(service.host())
                        || mesh.waypoints().mayServe(service)
                ? Truth.YES
                : anySidecar;
    }

    /** Tells whether any of them is there for one of the services of a host; yes where no service is known. */
    public Truth areThereFor(String host) {
        Optional<Truth> any =
                mesh.services().of(host).stream().map(this::areThereFor).reduce(Truth::or);
        return any.orElse(Truth.YES);
    }
}
