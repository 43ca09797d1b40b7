package io.meshwright.mesh.workload;

import io.meshwright.mesh.terms.Age;
import io.meshwright.mesh.terms.Protocol;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The ports of Services by which a sidecar knows how to read a port of its pod: of the oldest Service that leads there,
 * the one that is written first, whichever is called (getFilterChainsByServicePort, GetProxyServiceTargetsByPod).
 */
public final class InboundPorts {
    private final Services services;

    public InboundPorts(Services services) {
        this.services = services;
    }

    /** The port that decides, or one of each Service where nothing tells their age; the called one where none leads. */
    public List<ServicePort> deciding(Pod pod, ServicePort called) {
        OptionalInt heard = called.on(pod);
        List<Service> leading = services.selecting(pod).stream()
                .filter(service -> first(service, pod, heard).isPresent())
                .sorted(Comparator.comparing(service -> service.source().manifest(), Age.ORDER))
                .toList();
        if (leading.isEmpty()) {
            return List.of(called);
        }
        Service oldest = leading.get(0);
        return leading.stream()
                .filter(service -> service == oldest
                        || !Age.isWritten(
                                oldest.source().manifest(), service.source().manifest()))
                .flatMap(service -> first(service, pod, heard).stream())
                .toList();
    }

    /** UDP counts too: a port that is written as one first is read as bytes. */
    private static Optional<ServicePort> first(Service service, Pod pod, OptionalInt heard) {
        return service.ports().stream()
                .filter(port -> heard.isPresent() && port.on(pod).equals(heard))
                .findFirst();
    }

    /** Tells whether HTTP is read there, may be, or is not; empty if it is not known which. */
    public Optional<Protocol> protocol(Pod pod, ServicePort called) {
        List<Protocol> protocols =
                deciding(pod, called).stream().map(ServicePort::protocol).toList();
        boolean same = protocols.stream().allMatch(Protocol::isHttp)
                || protocols.stream().allMatch(protocol -> protocol == Protocol.SNIFFED)
                || protocols.stream().noneMatch(Protocol::mayBeHttp);
        return same ? Optional.of(protocols.get(0)) : Optional.empty();
    }
}
