package io.meshwright.check.rule.gateway;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Listener;
import io.meshwright.mesh.gateway.SniChain;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.stream.Stream;

/**
 * Envoy takes no listener of which two filter chains have one name, and istiod does not compare the names of routes
 * with the hosts of other servers.
 */
@AutoService(Inspection.class)
public final class NamesTakenOnce implements Check {
    public static final Rule NAME_TAKEN_TWICE = Rule.error("MESH439", "name_taken_twice")
            .title("A route passes TLS on for a name for which another server of the port ends it")
            .consequence(
                    "Envoy refuses the port's listener with all of its hosts: it keeps what it had, and a new pod of"
                            + " the gateway does not open the port.")
            .remedy("Take the name out of sniHosts, or the host out of the server that ends TLS.");

    @Override
    public List<Rule> rules() {
        return List.of(NAME_TAKEN_TWICE);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isGateway())
                .flatMap(pod -> mesh.gateways().listeners(pod).stream()
                        .filter(Listener::isTls)
                        .flatMap(listener -> taken(mesh, pod, listener)))
                .distinct();
    }

    /** Of two servers that end it GatewaysAgree tells. */
    private static Stream<Finding> taken(Mesh mesh, Pod pod, Listener listener) {
        List<SniChain> twice = SniChain.twice(SniChain.of(mesh.virtualServices(), pod, mesh.version(pod), listener));
        return twice.stream()
                .filter(chain -> chain.route().isPresent())
                .limit(1)
                .flatMap(passing -> twice.stream()
                        .filter(chain -> chain.route().isEmpty())
                        .limit(1)
                        .map(ending -> NAME_TAKEN_TWICE.at(
                                passing.source(),
                                "it passes TLS on for %s at port %d, where %s ends it: Envoy refuses the whole port"
                                        .formatted(
                                                passing.host(),
                                                ending.server().port(),
                                                ending.source().manifest()))));
    }
}
