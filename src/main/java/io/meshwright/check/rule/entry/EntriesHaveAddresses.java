package io.meshwright.check.rule.entry;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.DnsCapture;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.List;
import java.util.stream.Stream;

/** A host of TCP is told by its address; without one it catches everything on its port. */
@AutoService(Inspection.class)
public final class EntriesHaveAddresses implements Check {
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
        return List.of(ENTRY_WITHOUT_ADDRESS);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        if (allocates(mesh) || isAmbient(mesh)) {
            return Stream.empty();
        }
        return mesh.services().all().stream()
                .filter(service -> service.isWritten()
                        && !service.isKubernetes()
                        && service.reach().addresses().isEmpty())
                .flatMap(service -> service.ports().stream()
                        .filter(port -> port.protocol().isTcp() || port.protocol() == Protocol.SNIFFED)
                        .map(port -> ENTRY_WITHOUT_ADDRESS.at(port.source(), taken(mesh, service, port))));
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

    /** Behind ztunnels no pod has listeners by port. */
    private static boolean isAmbient(Mesh mesh) {
        return mesh.pods().all().stream().anyMatch(pod -> pod.proxy().isZtunnel())
                && mesh.pods().all().stream()
                        .noneMatch(pod -> pod.proxy().isSidecar() || pod.proxy().inMesh() == Truth.UNKNOWN);
    }

    /** Sidecars know allocated addresses only where they answer DNS (pilot/pkg/model/service.go, getAllAddresses). */
    private static boolean allocates(Mesh mesh) {
        return DnsCapture.isUsual(mesh.proxyConfigs(), mesh.config(), mesh.version());
    }
}
