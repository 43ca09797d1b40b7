package io.meshwright.incident.cause;

import io.meshwright.incident.evidence.Evidence;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.DestinationRule;
import io.meshwright.mesh.client.TrafficPolicy;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The Service to which a proxy sent a request, and what its callers' rule says of it.
 *
 * @param subset that was asked for
 */
public record Destination(Mesh mesh, Service service, OptionalInt port, Optional<String> subset) {
    /** As the cluster of the evidence names it; empty where it names none that is known. */
    public static Optional<Destination> of(Mesh mesh, Evidence evidence) {
        return evidence.called()
                .flatMap(cluster -> cluster.host()
                        .flatMap(host -> mesh.services().of(host).stream()
                                .findFirst()
                                .map(service -> new Destination(mesh, service, cluster.port(), cluster.subset()))));
    }

    /** The rule that the Service's own namespace heeds. */
    public Optional<DestinationRule> rule() {
        return mesh.destinationRules().seenBy(service.namespace(), service.host());
    }

    /** The words of that rule for the port and subset. */
    public TrafficPolicy policy() {
        return rule().map(rule -> rule.policy(port.orElse(0), subset)).orElse(TrafficPolicy.NONE);
    }

    /** The pods of the subset, or of the Service. */
    public List<Pod> pods() {
        return subset.flatMap(name -> rule().map(rule -> rule.subsets().get(name)))
                .map(means -> mesh.destinationRules().pods(service, means))
                .orElseGet(() -> mesh.services().pods(service));
    }

    /** The port that was called; empty where the Service has none of that number. */
    public Optional<ServicePort> servicePort() {
        return service.ports().stream()
                .filter(each -> port.isPresent() && each.number() == port.getAsInt())
                .findFirst();
    }

    Source source() {
        return service.source();
    }

    /** {@code web.shop.svc.cluster.local:80 (subset v1)}. */
    @Override
    public String toString() {
        return "%s%s%s"
                .formatted(
                        service.host(),
                        port.isPresent() ? ":%d".formatted(port.getAsInt()) : "",
                        subset.map(" (subset %s)"::formatted).orElse(""));
    }
}
