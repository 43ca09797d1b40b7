package io.meshwright.check.rule.firewall;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.meshwright.value.istio.IstioPorts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * In ambient mode a NetworkPolicy sees the tunnel's port alone, whatever port of the pod a call is for: who may open a
 * tunnel reaches them all (istio/istio#56659).
 */
@AutoService(Inspection.class)
public final class TunnelKeepsPorts implements Check {
    public static final Rule TUNNEL_OPEN_TO_ALL = Rule.warning("MESH417", "tunnel_open_to_all")
            .title("A NetworkPolicy opens ports to some, and the tunnel that carries all ports to everybody")
            .consequence("Every pod of the mesh reaches every port of the pod.")
            .remedy("Give the rule of port 15008 the same peers, and say who may call which port by an"
                    + " AuthorizationPolicy.");

    private static final int HBONE = IstioPorts.HBONE.value();

    @Override
    public List<Rule> rules() {
        return List.of(TUNNEL_OPEN_TO_ALL);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.manifests().kind(Kind.NETWORK_POLICY).stream().flatMap(policy -> finding(mesh, policy).stream());
    }

    private static Optional<Finding> finding(Mesh mesh, Manifest policy) {
        List<Source> rules = Source.of(policy).items("spec/ingress").toList();
        Optional<Source> open = rules.stream()
                .filter(rule -> rule.value().path("from").isEmpty() && opensTunnel(rule.value()))
                .findFirst();
        boolean restricts = rules.stream()
                .map(Source::value)
                .anyMatch(rule ->
                        !rule.path("from").isEmpty() && !rule.path("ports").isEmpty() && !opensTunnel(rule));
        return open.filter(rule -> restricts)
                .flatMap(rule ->
                        mesh.pods().selectedBy(policy.home(), Selector.of(policy.at("/spec/podSelector"))).stream()
                                .filter(pod -> pod.proxy().isZtunnel() && isUnguarded(mesh, pod))
                                .findFirst()
                                .map(pod -> TUNNEL_OPEN_TO_ALL.at(
                                        rule,
                                        "through port %d every pod of the mesh reaches each port of %s, those too that the policy opens to some alone"
                                                .formatted(HBONE, pod))));
    }

    private static boolean opensTunnel(JsonNode rule) {
        return Fields.items(rule.path("ports")).stream()
                .anyMatch(port -> port.path("port").asInt(0) == HBONE);
    }

    private static boolean isUnguarded(Mesh mesh, Pod pod) {
        return mesh.authorizationPolicies().of(pod).isEmpty();
    }
}
