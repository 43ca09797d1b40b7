package io.meshwright.check.rule.entry;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Rivals;
import io.meshwright.check.text.IpRange;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Bytes that say no host are told apart by address and port alone. */
@AutoService(Inspection.class)
public final class EntryAddressesApart implements Check {
    public static final Rule ENTRY_ADDRESS_SHARED = Rule.warning("MESH344", "entry_address_shared")
            .title("Two hosts of ServiceEntries have one address and TCP port")
            .consequence(
                    "Connections go to the older object's host only (pilot_conflict_outbound_listener_tcp_over_current_tcp).")
            .remedy("Give each host addresses of its own, or protocol TLS where the connections carry a server name.");

    @Override
    public List<Rule> rules() {
        return List.of(ENTRY_ADDRESS_SHARED);
    }

    /** A host that takes the connections to an address and port. */
    private record Taker(Service service, ServicePort port, String place) {
        boolean isRivalOf(Taker other) {
            Service one = service;
            Service two = other.service();
            // Where the caller's own address is kept, it does not matter for whom a connection is taken.
            boolean kept = one.reach().resolution().equals("NONE")
                    && two.reach().resolution().equals("NONE");
            return !kept
                    && !one.host().equals(two.host())
                    && Rivals.differ(one.source().manifest(), two.source().manifest())
                    && one.export().meets(two.export());
        }
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Map<String, List<Taker>> takers = new TreeMap<>();
        mesh.services().all().stream()
                .filter(service -> service.isWritten() && !service.isKubernetes())
                .forEach(service -> service.ports().stream()
                        .filter(port -> port.protocol().isTcp() || port.protocol() == Protocol.SNIFFED)
                        .forEach(port -> service.reach()
                                .addresses()
                                .forEach(address -> takers.computeIfAbsent(
                                                "%s port %d".formatted(block(address), port.number()),
                                                none -> new ArrayList<>())
                                        .add(new Taker(
                                                service,
                                                port,
                                                "%s port %d".formatted(single(address), port.number()))))));
        return takers.values().stream().flatMap(EntryAddressesApart::findings);
    }

    private static Stream<Finding> findings(List<Taker> takers) {
        return takers.stream()
                .flatMap(taker -> takers.stream()
                        .filter(taker::isRivalOf)
                        .limit(1)
                        .map(other -> ENTRY_ADDRESS_SHARED.at(
                                taker.port().source(),
                                "%s takes the connections to %s for %s too, and only the older object counts"
                                        .formatted(
                                                other.service().source().manifest(), taker.place(), other.service()))));
    }

    /** A block of one address is that address. */
    private static String single(String address) {
        return address.replaceFirst(address.contains(":") ? "/128$" : "/32$", "");
    }

    /** Bits behind the prefix do not matter. */
    private static String block(String address) {
        String written = address.contains("/") ? address : address.concat(address.contains(":") ? "/128" : "/32");
        return IpRange.of(written).map(IpRange::block).orElse(address);
    }
}
