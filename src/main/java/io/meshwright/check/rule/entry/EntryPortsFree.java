package io.meshwright.check.rule.entry;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.DnsCapture;
import io.meshwright.mesh.terms.AddressBlock;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.value.istio.IstioPorts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Envoy takes one listener for an address and port, and a sidecar's own stand on all addresses: where an entry stands
 * there too, the whole update is refused (istio/istio#60666, pilot/pkg/networking/core/listener.go).
 */
@AutoService(Inspection.class)
public final class EntryPortsFree implements Check {
    public static final Rule ENTRY_ON_RESERVED_PORT = Rule.error("MESH343", "entry_on_reserved_port")
            .title("A ServiceEntry has a port on which sidecars listen themselves")
            .consequence(
                    "With a block of addresses, or none, Envoy refuses all listeners: no new pod becomes ready, and"
                            + " old ones learn nothing new. A port of HTTP is left out, so nobody knows the host there.")
            .remedy("Take another port, or list single addresses; or keep the entry from sidecars by exportTo.");

    @Override
    public List<Rule> rules() {
        return List.of(ENTRY_ON_RESERVED_PORT);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        boolean ambient = !mesh.pods().all().isEmpty()
                && mesh.pods().all().stream()
                        .allMatch(pod -> pod.proxy().isZtunnel()
                                || pod.proxy().isWaypoint()
                                || pod.proxy().inMesh().isNo());
        Set<Integer> taken = taken(mesh.config());
        return ambient
                ? Stream.empty()
                : mesh.services().all().stream()
                        .filter(service -> service.isWritten() && !service.isKubernetes())
                        .flatMap(service -> service.ports().stream()
                                .filter(port -> taken.contains(port.number()))
                                .flatMap(port -> finding(mesh, service, port).stream()));
    }

    private static Set<Integer> taken(MeshConfig config) {
        return Set.of(
                config.body().path("proxyListenPort").asInt(IstioPorts.OUTBOUND.value()),
                config.body().path("proxyInboundListenPort").asInt(IstioPorts.INBOUND.value()),
                IstioPorts.STATUS.value(),
                IstioPorts.ENVOY_METRICS.value());
    }

    private static Optional<Finding> finding(Mesh mesh, Service service, ServicePort port) {
        if (port.protocol().isHttp()) {
            return Optional.of(ENTRY_ON_RESERVED_PORT
                    .at(
                            port.source(),
                            "sidecars listen on port %d themselves, so istiod leaves it out for %s"
                                    .formatted(port.number(), service))
                    .as(Severity.WARNING));
        }
        List<String> addresses = service.reach().addresses();
        Optional<String> block =
                addresses.stream().filter(AddressBlock::holdsSeveral).findFirst();
        boolean everywhere = addresses.isEmpty() && !mayHaveAddress(mesh, service);
        return block.isEmpty() && !everywhere
                ? Optional.empty()
                : Optional.of(ENTRY_ON_RESERVED_PORT.at(
                        port.source(),
                        "%s makes a listener on port %d of all addresses, where a sidecar's own is: Envoy refuses both"
                                .formatted(
                                        block.map("the block \"%s\""::formatted).orElse("an entry without addresses"),
                                        port.number())));
    }

    /** Sidecars know allocated addresses only where they answer DNS. */
    private static boolean mayHaveAddress(Mesh mesh, Service service) {
        return !service.reach().resolution().equals("NONE")
                && DnsCapture.isUsual(mesh.proxyConfigs(), mesh.config(), mesh.version());
    }
}
