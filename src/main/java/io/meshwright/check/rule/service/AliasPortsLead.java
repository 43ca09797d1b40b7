package io.meshwright.check.rule.service;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.WrittenDestination;
import io.meshwright.check.evidence.WrittenPort;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An ExternalName Service is a name in DNS, which leads to the address of the Service behind it and maps no ports. */
@AutoService(Inspection.class)
public final class AliasPortsLead implements Check {
    public static final Rule ALIAS_PORT_UNKNOWN = Rule.warning("MESH420", "alias_port_unknown")
            .title("A port of an ExternalName Service is none of the Service behind it")
            .consequence("The name leads to that Service's address, where nobody answers on this port.")
            .remedy("Declare and call the port of the Service behind it: a name in DNS turns no port into another.");

    @Override
    public List<Rule> rules() {
        return List.of(ALIAS_PORT_UNKNOWN);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Set<String> routed = routed(mesh);
        return WrittenPort.all(mesh)
                .filter(WrittenPort::isOfExternalName)
                .filter(alias -> !routed.contains(alias.service().host())
                        && !mesh.virtualServices().areFor(alias.service().host()))
                .flatMap(alias -> behind(mesh, alias.service())
                        .filter(service -> service.port(alias.port().number()).isEmpty())
                        .map(service -> ALIAS_PORT_UNKNOWN.at(
                                alias.port().source(),
                                "%s leads to the address of %s, which has no port %d"
                                        .formatted(
                                                alias.service(),
                                                service,
                                                alias.port().number())))
                        .stream());
    }

    /** A Service with an address of its own: the pods behind a headless one may listen where they like. */
    private static Optional<Service> behind(Mesh mesh, Service alias) {
        return mesh.services()
                .behind(alias, alias.namespace())
                .filter(service -> service.isWritten()
                        && service.type() == Service.Type.CLUSTER_IP
                        && !service.ports().isEmpty());
    }

    /** Aliases to which routes lead are asked for the port that the caller called, not for one that is there. */
    private static Set<String> routed(Mesh mesh) {
        return mesh.virtualServices().all().stream()
                .flatMap(service -> WrittenDestination.of(service).stream())
                .flatMap(target -> target.service(mesh).stream())
                .filter(service -> service.alias().isPresent())
                .map(Service::host)
                .collect(Collectors.toUnmodifiableSet());
    }
}
