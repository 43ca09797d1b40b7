package io.meshwright.check.rule.policy;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Selector;
import java.util.List;
import java.util.stream.Stream;

/** A policy for a gateway of the Gateway API names the Gateway, since labels of its pods are istiod's own affair. */
@AutoService(Inspection.class)
public final class PolicyTargetsGateway implements Check {
    public static final Rule SELECTOR_OF_GATEWAY_PODS = Rule.warning("MESH198", "selector_of_gateway_pods")
            .title("A policy selects the pods of a Gateway of the Gateway API")
            .twins("IST0166", "KIA0110")
            .consequence("A waypoint ignores it, and other gateways only heed it as long as a feature flag says so.")
            .remedy("Name the Gateway in targetRefs.");

    private static final String GATEWAY = "gateway.networking.k8s.io/gateway-name";
    private static final List<Kind> KINDS =
            List.of(Kind.AUTHORIZATION_POLICY, Kind.REQUEST_AUTHENTICATION, Kind.TELEMETRY, Kind.WASM_PLUGIN);

    @Override
    public List<Rule> rules() {
        return List.of(SELECTOR_OF_GATEWAY_PODS);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return KINDS.stream()
                .flatMap(kind -> mesh.manifests().kind(kind).stream())
                .filter(policy -> !policy.at("/spec").has("targetRef")
                        && !policy.at("/spec").has("targetRefs"))
                .flatMap(policy -> finding(mesh, policy));
    }

    private static Stream<Finding> finding(Mesh mesh, Manifest policy) {
        Selector selector = Selector.of(policy.at("/spec/selector"));
        return selector.isEmpty()
                ? Stream.empty()
                : mesh.pods().selectedBy(policy.home(), selector).stream()
                        .flatMap(pod -> Stream.ofNullable(pod.labels().get(GATEWAY)))
                        .limit(1)
                        .map(gateway -> SELECTOR_OF_GATEWAY_PODS.at(
                                Source.of(policy).at("/spec/selector"),
                                "the pods are those of Gateway \"%s\", for which a policy counts by targetRefs"
                                        .formatted(gateway)));
    }
}
