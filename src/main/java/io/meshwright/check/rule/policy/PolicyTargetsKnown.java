package io.meshwright.check.rule.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.check.evidence.PolicyTargets;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A policy that is attached to an object acts on nothing when the object does not exist in its namespace. */
@AutoService(Inspection.class)
public final class PolicyTargetsKnown implements Check {
    public static final Rule TARGET_UNKNOWN = Rule.warning("MESH232", "target_unknown")
            .title("A policy is attached to an object that does not exist")
            .consequence("The policy acts on nothing.")
            .remedy("Name an object of the policy's own namespace in targetRefs.");

    private static final Map<String, Kind> KINDS = Map.of(
            "Gateway",
            Kind.API_GATEWAY,
            "Service",
            Kind.SERVICE,
            "ServiceEntry",
            Kind.SERVICE_ENTRY,
            "HTTPRoute",
            Kind.HTTP_ROUTE);

    private static final List<Kind> POLICIES = List.of(
            Kind.AUTHORIZATION_POLICY,
            Kind.REQUEST_AUTHENTICATION,
            Kind.TELEMETRY,
            Kind.WASM_PLUGIN,
            Kind.TRAFFIC_EXTENSION,
            Kind.BACKEND_TLS_POLICY,
            Kind.ENVOY_FILTER);

    @Override
    public List<Rule> rules() {
        return List.of(TARGET_UNKNOWN);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return PolicyTargets.of(mesh, POLICIES).flatMap(target -> finding(mesh, target).stream());
    }

    private static Optional<Finding> finding(Mesh mesh, Source target) {
        JsonNode body = target.value();
        Kind kind = KINDS.get(body.path("kind").asText(""));
        String name = body.path("name").asText("");
        if (kind == null
                || mesh.manifests().find(kind, target.manifest().home(), name).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(Completeness.weighed(
                TARGET_UNKNOWN.at(
                        target.at("/name"),
                        "namespace \"%s\" has no %s \"%s\", so the object acts on nothing"
                                .formatted(target.manifest().home(), kind.name(), name)),
                isTelling(mesh, kind, target.manifest().home())));
    }

    /** A Service of a namespace that is not given as a whole, or into which a chart puts objects, may be another's. */
    private static boolean isTelling(Mesh mesh, Kind kind, String namespace) {
        return !mesh.manifests().kind(kind).isEmpty()
                && mesh.otherCharts().within(namespace).isEmpty()
                && (!kind.equals(Kind.SERVICE) || new Completeness(mesh).isWhole(namespace));
    }
}
