package io.meshwright.check.rule.authentication;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Selector;
import io.meshwright.mesh.workload.ServicePort;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A PeerAuthentication with a selector counts outside the root namespace only, and names ports as the container knows
 * them.
 */
@AutoService(Inspection.class)
public final class PeerAuthenticationHeeded implements Check {
    public static final Rule PEER_AUTHENTICATION_IGNORED = Rule.error("MESH193", "peer_authentication_ignored")
            .title("A PeerAuthentication with a selector stands in the root namespace")
            .consequence("It is ignored.")
            .remedy("Move it to the namespace of its pods.");

    public static final Rule PORT_OF_SERVICE_IN_MTLS = Rule.error("MESH194", "port_of_service_in_mtls")
            .title("A PeerAuthentication names the Service's port")
            .consequence("The mode acts on no port that is used.")
            .remedy("Name the port on which the container listens.");

    @Override
    public List<Rule> rules() {
        return List.of(PEER_AUTHENTICATION_IGNORED, PORT_OF_SERVICE_IN_MTLS);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.manifests().kind(Kind.PEER_AUTHENTICATION).stream()
                .flatMap(policy -> Stream.concat(root(mesh, policy), ports(mesh, policy)));
    }

    private static Stream<Finding> root(Mesh mesh, Manifest policy) {
        boolean ignored = policy.home().equals(mesh.config().rootNamespace())
                && !Selector.of(policy.at("/spec/selector")).isEmpty();
        return ignored
                ? Stream.of(PEER_AUTHENTICATION_IGNORED.at(
                        Source.of(policy).at("/spec/selector"),
                        "a PeerAuthentication with a selector is ignored in the root namespace \"%s\""
                                .formatted(policy.home())))
                : Stream.empty();
    }

    private static Stream<Finding> ports(Mesh mesh, Manifest policy) {
        Selector selector = Selector.of(policy.at("/spec/selector"));
        if (selector.isEmpty()) {
            return Stream.empty();
        }
        List<Pod> pods = mesh.pods().selectedBy(policy.home(), selector);
        return Fields.entries(policy.at("/spec/portLevelMtls")).stream()
                .map(Map.Entry::getKey)
                .filter(port -> port.chars().allMatch(Character::isDigit) && port.length() < 6)
                .flatMap(port -> mistaken(mesh, pods, Integer.parseInt(port))
                        .map(target -> PORT_OF_SERVICE_IN_MTLS.at(
                                Source.of(policy).at("/spec/portLevelMtls/".concat(port)),
                                ("%s is the port of a Service, whose pods listen on %d: the mode acts on a port "
                                                + "that nobody uses")
                                        .formatted(port, target))));
    }

    private static Stream<Integer> mistaken(Mesh mesh, List<Pod> pods, int port) {
        boolean real = pods.stream()
                .anyMatch(pod -> pod.ports().stream().anyMatch(declared -> declared.number() == port)
                        || mesh.services().selecting(pod).stream()
                                .flatMap(service -> service.ports().stream())
                                .anyMatch(known -> known.on(pod).equals(OptionalInt.of(port))));
        return real
                ? Stream.empty()
                : pods.stream()
                        .flatMap(pod -> mesh.services().selecting(pod).stream()
                                .map(service -> service.port(port))
                                .flatMap(Optional<ServicePort>::stream)
                                .map(known -> known.on(pod))
                                .filter(OptionalInt::isPresent)
                                .map(OptionalInt::getAsInt))
                        .limit(1);
    }
}
