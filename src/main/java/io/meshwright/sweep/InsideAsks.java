package io.meshwright.sweep;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.Client;
import io.meshwright.mesh.route.ConnectionRoute;
import io.meshwright.mesh.route.RouteEntry;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.trace.sample.RouteSamples;
import io.meshwright.trace.sample.Sample;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Requests of pods in the mesh: one for each match and host of the routes that sidecars heed, for HTTP and for TLS of
 * the pods' own.
 */
final class InsideAsks {
    private final Mesh mesh;
    private final Consumer<Ask> asks;
    private final Callers callers;
    // By identity, and never walked: only looked up.
    private final Set<VirtualService> asked = Collections.newSetFromMap(new IdentityHashMap<>());

    InsideAsks(Mesh mesh, Callers callers, Consumer<Ask> asks) {
        this.mesh = mesh;
        this.asks = asks;
        this.callers = callers;
    }

    void add() {
        for (String namespace : callers.namespaces()) {
            for (VirtualService service : mesh.virtualServices().visible(VirtualService.MESH, namespace)) {
                boolean nearest = callers.in(service.manifest().home()).isEmpty()
                        || service.manifest().home().equals(namespace);
                if (nearest && asked.add(service)) {
                    service.hosts().stream()
                            .filter(host -> !HostName.isWildcard(host))
                            .forEach(host -> host(service, host, namespace));
                }
            }
        }
    }

    private void host(VirtualService routes, String host, String namespace) {
        Optional<Service> service = mesh.services().find(host, namespace);
        service.ifPresent(called -> called.ports().stream()
                .filter(port -> port.protocol().isTls())
                .forEach(port -> named(routes, host, port.number(), namespace)));
        Optional<ServicePort> port = service.stream()
                .flatMap(found -> found.ports().stream())
                .filter(candidate -> candidate.protocol().mayBeHttp())
                .findFirst();
        if (port.isEmpty()) {
            return;
        }
        List<Pod> behind = mesh.services().pods(service.get());
        int number = port.get().number();
        // Those behind the service come last.
        List<Pod> near = callers.of(namespace).stream()
                .filter(pod -> routes.export().reaches(pod.namespace()))
                .sorted(Comparator.comparing(behind::contains))
                .toList();
        for (RouteEntry entry : mesh.virtualServices().entries(routes, match -> true)) {
            near.stream()
                    .filter(pod -> entry.match()
                            .map(match -> match.countsFor(pod.namespace(), pod.labels(), number))
                            .orElse(true))
                    .filter(pod -> mesh.routing().heeds(pod, routes, number))
                    .findFirst()
                    .ifPresent(pod -> ask(entry, pod, "http://%s:%d".formatted(host, number)));
        }
    }

    /** TLS of callers of their own, by the host's name alone: others may never be called so. */
    private void named(VirtualService routes, String host, int port, String namespace) {
        for (ConnectionRoute route : mesh.virtualServices().connections(routes, "tls")) {
            callers.of(namespace).stream()
                    .filter(pod -> routes.export().reaches(pod.namespace()))
                    .filter(pod -> mesh.routing().heeds(pod, routes, port))
                    .filter(pod -> route.fitsFor(Client.of(pod), port, host).isYes())
                    .findFirst()
                    .flatMap(pod -> Sample.PLAIN
                            .sent("tls://%s:%d".formatted(host, port))
                            .map(request -> request.from("%s/%s".formatted(pod.namespace(), pod.name()))))
                    .ifPresent(request -> asks.accept(new Ask(request, route.source(), Ask.Sake.ROUTE_INSIDE)));
        }
    }

    private void ask(RouteEntry entry, Pod caller, String base) {
        entry.match().map(RouteSamples::of).orElse(List.of(Sample.PLAIN)).stream()
                .flatMap(sample -> sample.sent(base.concat(sample.target())).stream())
                .filter(request -> entry.fits(request.http(), mesh.version()))
                .findFirst()
                .map(request -> request.from("%s/%s".formatted(caller.namespace(), caller.name())))
                .ifPresent(request -> asks.accept(new Ask(request, entry.source(), Ask.Sake.ROUTE_INSIDE)));
    }
}
