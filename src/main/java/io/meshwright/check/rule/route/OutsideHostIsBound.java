package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A VirtualService without {@code gateways} is for sidecars alone, so a name that only a gateway serves has no route
 * where its callers come in (istio.io, VirtualService.gateways; fluxcd/flagger issue 347).
 */
@AutoService(Inspection.class)
public final class OutsideHostIsBound implements Check {
    public static final Rule HOST_WITHOUT_GATEWAY = Rule.warning("MESH379", "host_without_gateway")
            .title("A VirtualService routes a host that a gateway serves, and is bound to no gateway")
            .consequence(
                    "The gateway has no route for the host and answers 404; sidecars alone heed the VirtualService.")
            .remedy("Name the Gateway in gateways, as NAMESPACE/NAME, beside mesh if callers inside are meant too.");

    private static final String ANY = "*";

    @Override
    public List<Rule> rules() {
        return List.of(HOST_WITHOUT_GATEWAY);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.virtualServices().all().stream()
                .filter(service -> !service.isDelegate() && service.gateways().equals(List.of(VirtualService.MESH)))
                .flatMap(service -> IntStream.range(0, service.hosts().size())
                        .boxed()
                        .flatMap(index -> finding(mesh, service, index).stream()));
    }

    private static Optional<Finding> finding(Mesh mesh, VirtualService service, int index) {
        String host = service.hosts().get(index);
        boolean inside = host.endsWith(".svc.".concat(mesh.config().domain()));
        if (inside || HostName.isWildcard(host) || host.indexOf('.') < 0 || isKnown(mesh, host)) {
            return Optional.empty();
        }
        return mesh.gateways().all().stream()
                .filter(gateway -> serves(gateway, service, host))
                .filter(gateway -> !isRouted(mesh, gateway, host))
                .findFirst()
                .map(gateway -> weighed(
                        service,
                        gateway,
                        host,
                        HOST_WITHOUT_GATEWAY.at(
                                Source.of(service.manifest()).item("spec/hosts", index),
                                "%s serves \"%s\", and no route is bound to it for that name"
                                        .formatted(gateway.manifest(), host))));
    }

    private static boolean isKnown(Mesh mesh, String host) {
        return mesh.externals().hasHost(host)
                || Stream.concat(Stream.of(host), HostName.wildcardsOver(host))
                        .anyMatch(name -> !mesh.services().of(name).isEmpty());
    }

    /** True if a server has the host, or a domain around it, for the namespace; one for all hosts says nothing. */
    private static boolean serves(Gateway gateway, VirtualService service, String host) {
        return gateway.serves(host, service.manifest().home())
                && gateway.servers().stream()
                        .flatMap(server -> server.hostNames().stream())
                        .anyMatch(name -> !name.equals(ANY) && HostName.within(host, name));
    }

    private static boolean isRouted(Mesh mesh, Gateway gateway, String host) {
        String reference =
                "%s/%s".formatted(gateway.manifest().home(), gateway.manifest().name());
        return mesh.virtualServices().all().stream()
                .filter(other -> other.isBoundTo(reference))
                .flatMap(other -> other.hosts().stream())
                .anyMatch(name -> HostName.within(host, name));
    }

    /**
     * An author who writes that sidecars are meant may mean a name of the company's own, which no gateway needs to
     * serve.
     */
    private static Finding weighed(VirtualService service, Gateway gateway, String host, Finding finding) {
        boolean named =
                gateway.servers().stream().anyMatch(server -> server.hostNames().contains(host));
        return named || service.at("/spec/gateways").isEmpty() ? finding : finding.as(Severity.INFO);
    }
}
