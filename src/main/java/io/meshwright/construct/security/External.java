package io.meshwright.construct.security;

import io.meshwright.value.Host;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.security.ExternalPort;
import io.meshwright.value.security.ExternalService;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.Posture;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.zip.CRC32;

/** One external service with everybody who calls it, and where its objects may be seen. */
record External(Posture.Outbound outbound, Optional<EgressGateway> gateway) {
    private static final int LONGEST_LABEL = 63; // RFC 1123, 2.1

    External {
        if (outbound.clients().isEmpty()) {
            throw ExternalService.unused(KeyPath.of("externals.%s".formatted(outbound.name())));
        }
        Require.that(
                gateway.isPresent() || !outbound.service().egressGateway(),
                "externals.%s.egressGateway".formatted(outbound.name()),
                "there is no egress gateway",
                "declare one, or remove egressGateway");
        gateway = outbound.service().egressGateway() ? gateway : Optional.empty();
    }

    Name name() {
        return outbound.name();
    }

    ExternalService service() {
        return outbound.service();
    }

    List<Party> clients() {
        return outbound.clients();
    }

    /** Callers whose sidecars send them through the egress gateway. */
    List<Party> through() {
        return gateway.isEmpty()
                ? List.of()
                : clients().stream().filter(Party::inMesh).toList();
    }

    /** Callers who call it themselves. */
    List<Party> direct() {
        return gateway.isEmpty()
                ? clients()
                : clients().stream().filter(client -> !client.inMesh()).toList();
    }

    /** Callers without a sidecar know nothing of Istio's objects. */
    boolean inRegistry() {
        return clients().stream().anyMatch(Party::inMesh);
    }

    /** Only callers see its objects, so that nobody else can call it under REGISTRY_ONLY. */
    List<String> exportTo() {
        TreeSet<String> namespaces = new TreeSet<>();
        clients().stream()
                .filter(Party::inMesh)
                .forEach(client -> namespaces.add(client.namespace().toString()));
        gateway.ifPresent(way -> namespaces.add(way.pods().namespace().toString()));
        return List.copyOf(namespaces);
    }

    /**
     * The ports that packets have when they leave the pod: a request to which the sidecar adds TLS leaves to the TLS
     * port.
     */
    List<Port> wirePorts() {
        return service().ports().stream()
                .filter(port -> port.protocol() != ExternalPort.Protocol.HTTP)
                .map(ExternalPort::number)
                .toList();
    }

    /**
     * The name of a subset about one host, which Istio takes as a DNS label only: a longer name ends in its checksum.
     */
    static String subsetName(Host host) {
        String name = host.dashed();
        if (name.length() <= LONGEST_LABEL) {
            return name;
        }
        CRC32 checksum = new CRC32();
        checksum.update(name.getBytes(StandardCharsets.US_ASCII));
        return "%s-%08x".formatted(name.substring(0, LONGEST_LABEL - 9), checksum.getValue());
    }
}
