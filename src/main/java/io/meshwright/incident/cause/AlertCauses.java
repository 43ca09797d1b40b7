package io.meshwright.incident.cause;

import io.meshwright.incident.evidence.Evidence;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.DestinationRule;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An alert counts many requests and names none, so that what it is about is told: the objects that have a say there.
 */
final class AlertCauses {
    private static final List<String> WORKLOADS = List.of("deployment", "statefulset", "daemonset");

    private final Mesh mesh;
    private final Evidence alert;

    private AlertCauses(Mesh mesh, Evidence alert) {
        this.mesh = mesh;
        this.alert = alert;
    }

    /** Of the service, or the workload, that the labels name; none where these manifests have neither. */
    static List<Cause> of(Mesh mesh, Evidence alert) {
        AlertCauses causes = new AlertCauses(mesh, alert);
        return Destination.of(mesh, alert)
                .map(destination -> causes.about(destination.service().host(), causes.service(destination)))
                .or(() -> causes.workload().map(pod -> causes.about(pod.toString(), List.of(pod.source()))))
                .stream()
                .toList();
    }

    private Cause about(String name, List<Source> sources) {
        return new Cause(
                "the alert counts many requests and names none; of these manifests the objects below decide about %s"
                        .formatted(name),
                sources,
                "Begin with the one that changed last before it was raised, and paste a line of the access log that failed.");
    }

    private List<Source> service(Destination destination) {
        Service service = destination.service();
        return Stream.of(
                        routes(service),
                        destination.rule().map(DestinationRule::source).stream(),
                        Stream.of(service.source()),
                        destination.pods().stream().map(Pod::source))
                .flatMap(each -> each)
                .toList();
    }

    private Stream<Source> routes(Service service) {
        return mesh.virtualServices().all().stream()
                .flatMap(each -> mesh.virtualServices().routes(each).stream())
                .filter(route -> leadsTo(route, service))
                .map(HttpRoute::source);
    }

    private boolean leadsTo(HttpRoute route, Service service) {
        return route.destinations().stream()
                .anyMatch(each ->
                        mesh.services().host(each.host(), each.namespace()).equals(service.host()));
    }

    private Optional<Pod> workload() {
        return WORKLOADS.stream()
                .flatMap(kind -> Optional.ofNullable(alert.labels().get(kind)).stream())
                .flatMap(name -> mesh.pods().all().stream()
                        .filter(pod -> pod.namespace().equals(alert.labels().getOrDefault("namespace", ""))
                                && pod.source().manifest().name().equals(name)))
                .findFirst();
    }
}
