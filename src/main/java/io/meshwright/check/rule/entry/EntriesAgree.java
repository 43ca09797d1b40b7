package io.meshwright.check.rule.entry;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Rivals;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Each host and port has one owner, and TCP without an address catches everything on its port. */
@AutoService(Inspection.class)
public final class EntriesAgree implements Check {
    public static final Rule ENTRY_WRITTEN_TWICE = Rule.warning("MESH251", "entry_written_twice")
            .title("Two ServiceEntries have one host and port")
            .twins("KIA1211")
            .consequence("Their endpoints are mixed.")
            .remedy("Keep one of them.");

    public static final Rule ENTRY_PROTOCOLS_DIFFER = Rule.warning("MESH252", "entry_protocols_differ")
            .title("Two ServiceEntries give one host and port different protocols")
            .twins("IST0177", "KIA1212")
            .consequence("The older object decides how the bytes are read.")
            .remedy("Keep one of them.");

    public static final Rule ENTRY_WITHOUT_ADDRESS = Rule.warning("MESH253", "entry_without_address")
            .title("A TCP ServiceEntry has no address")
            .twins("IST0134")
            .consequence(
                    "Every call to the port, wherever it goes, is taken for it, unless it is HTTP on a port that other"
                            + " services have for HTTP.")
            .remedy("Add addresses, or use protocol TLS and SNI. Istio allocates addresses from 1.25 on, but sidecars"
                    + " know them only where they answer DNS (ISTIO_META_DNS_CAPTURE).");

    @Override
    public List<Rule> rules() {
        return List.of(ENTRY_WRITTEN_TWICE, ENTRY_PROTOCOLS_DIFFER, ENTRY_WITHOUT_ADDRESS);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Map<String, List<Service>> byHost = new TreeMap<>();
        mesh.services().all().stream()
                .filter(service -> service.isWritten() && !service.isKubernetes())
                .forEach(service -> byHost.computeIfAbsent(service.host(), none -> new ArrayList<>())
                        .add(service));
        return byHost.values().stream()
                .flatMap(services -> services.stream().flatMap(service -> findings(mesh, service, services).stream()));
    }

    private static List<Finding> findings(Mesh mesh, Service service, List<Service> same) {
        List<Finding> findings = new ArrayList<>();
        for (ServicePort port : service.ports()) {
            same.stream()
                    .filter(other -> Rivals.differ(
                                    other.source().manifest(), service.source().manifest())
                            && other.export().meets(service.export()))
                    .flatMap(other -> other.port(port.number()).stream()
                            .map(twin -> twin.protocol() == port.protocol()
                                    ? ENTRY_WRITTEN_TWICE.at(
                                            port.source(),
                                            "%s has port %d of %s too"
                                                    .formatted(other.source().manifest(), port.number(), service))
                                    : ENTRY_PROTOCOLS_DIFFER.at(
                                            port.source(),
                                            "%s calls port %d of %s %s, here it is %s: the older object decides"
                                                    .formatted(
                                                            other.source().manifest(),
                                                            port.number(),
                                                            service,
                                                            twin.protocol(),
                                                            port.protocol()))))
                    .findFirst()
                    .ifPresent(findings::add);
            boolean raw = port.protocol().isTcp() || port.protocol() == Protocol.SNIFFED;
            if (raw && service.reach().addresses().isEmpty() && !allocates(mesh)) {
                findings.add(ENTRY_WITHOUT_ADDRESS.at(port.source(), taken(mesh, service, port)));
            }
        }
        return findings;
    }

    private static String taken(Mesh mesh, Service service, ServicePort port) {
        boolean read = mesh.services()
                .readsHttpAnywhere(port.number(), other -> other.export().reaches(service.namespace()));
        return read
                ? ("TCP port %d of %s has no address and other services speak HTTP there, so HTTP to it goes to a host"
                                + " that no proxy knows, and every other connection to that port is taken for it")
                        .formatted(port.number(), service)
                : "TCP port %d of %s has no address, so every call to that port, wherever it goes, is taken for it"
                        .formatted(port.number(), service);
    }

    /** Sidecars know allocated addresses only where they answer DNS (pilot/pkg/model/service.go, getAllAddresses). */
    private static boolean allocates(Mesh mesh) {
        return mesh.config().capturesDns()
                && (mesh.version().allocatesAddresses() || mesh.config().allocatesByProxy());
    }
}
