package io.meshwright.check.rule.authentication;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.CalledPort;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.PeerAuthentications.Decision;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** istiod itself fetches the keys of tokens (pilot/pkg/model, JwksResolver), and has no proxy. */
@AutoService(Inspection.class)
public final class KeysReached implements Check {
    public static final Rule KEYS_NOT_REACHED = Rule.error("MESH365", "keys_not_reached")
            .title("istiod cannot fetch the keys of tokens from a service of the cluster")
            .consequence("Every token is refused with 401: Jwks doesn't have key to match kid or alg from Jwt.")
            .remedy("Name the issuer's address outside the cluster; or make its port PERMISSIVE by portLevelMtls with a"
                    + " reason, or write the keys into jwks.");

    @Override
    public List<Rule> rules() {
        return List.of(KEYS_NOT_REACHED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        if (mesh.config().proxiesFetchKeys()) {
            return Stream.empty();
        }
        Completeness completeness = new Completeness(mesh);
        return mesh.manifests().kind(Kind.REQUEST_AUTHENTICATION).stream()
                .flatMap(policy -> IntStream.range(
                                0, policy.at("/spec/jwtRules").size())
                        .mapToObj(index ->
                                Source.of(policy).item("spec/jwtRules", index).at("/jwksUri")))
                .flatMap(place -> uri(place).flatMap(uri -> finding(mesh, completeness, place, uri)).stream());
    }

    private static Optional<URI> uri(Source place) {
        try {
            return Optional.of(URI.create(place.value().asText("").strip()))
                    .filter(uri -> uri.getHost() != null && uri.getScheme() != null);
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    private static Optional<Finding> finding(Mesh mesh, Completeness completeness, Source place, URI uri) {
        String suffix = ".svc.".concat(mesh.config().domain());
        String host = uri.getHost().endsWith(".svc")
                ? "%s.%s".formatted(uri.getHost(), mesh.config().domain())
                : uri.getHost();
        String[] parts = host.split("\\.");
        boolean shortened = parts.length == 2;
        if (!shortened && !(host.endsWith(suffix) && parts.length > 3)) {
            return Optional.empty();
        }
        Optional<Service> service = mesh.services().kubernetes(parts[1], parts[0]);
        if (service.isPresent()) {
            return service.flatMap(found -> cutOff(mesh, place, found, port(uri)));
        }
        String home = place.manifest().home();
        return shortened
                ? Optional.empty()
                : completeness.lost(host, home, home).map(lost -> lost.weighed(KEYS_NOT_REACHED.at(place, lost.why())));
    }

    private static int port(URI uri) {
        return uri.getPort() > 0 ? uri.getPort() : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    private static Optional<Finding> cutOff(Mesh mesh, Source place, Service service, int number) {
        Optional<ServicePort> port = service.port(number);
        if (port.isEmpty()) {
            return Optional.of(KEYS_NOT_REACHED.at(place, "%s has no port %d".formatted(service, number)));
        }
        List<Pod> pods = mesh.services().pods(service);
        List<Decision> decisions = pods.stream()
                .flatMap(pod -> CalledPort.of(mesh, service, port.get(), pod).stream())
                .map(CalledPort::decision)
                .filter(Decision::isStrict)
                .toList();
        return pods.isEmpty() || decisions.size() < pods.size()
                ? Optional.empty()
                : Optional.of(KEYS_NOT_REACHED.at(
                        place,
                        "istiod has no proxy and asks %s on port %d, and %s admits mutual TLS only"
                                .formatted(service, number, decisions.get(0).decider())));
    }
}
