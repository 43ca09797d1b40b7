package io.meshwright.check.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An object that was read from a cluster tells by its conditions whether istiod has taken it. */
public final class ConditionsMet implements Check {
    // Of Services and ServiceEntries, of AuthorizationPolicies, of the Gateway API.
    private static final List<String> WANTED = List.of(
            "istio.io/WaypointBound", "ZtunnelAccepted", "WaypointAccepted", "Accepted", "Programmed", "ResolvedRefs");
    private static final List<String> GROUPS =
            List.of("", "networking.istio.io", "security.istio.io", "gateway.networking.k8s.io");

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.manifests().all().stream()
                .filter(object -> GROUPS.contains(object.kind().group())
                        && object.at("/status").isObject())
                .flatMap(ConditionsMet::findings);
    }

    private static Stream<Finding> findings(Manifest object) {
        Source status = Source.of(object).at("/status");
        Stream<Source> parents = IntStream.range(0, object.at("/status/parents").size())
                .mapToObj(index -> status.item("parents", index));
        return Stream.concat(Stream.of(status), parents).flatMap(owner -> unmet(object, owner));
    }

    private static Stream<Finding> unmet(Manifest object, Source owner) {
        JsonNode conditions = object.at(owner.pointer()).path("conditions");
        return IntStream.range(0, conditions.size())
                .filter(index -> isUnmet(conditions.path(index)))
                .boxed()
                .map(index -> Rule.CONDITION_UNMET.at(
                        owner.item("conditions", index),
                        "%s is not met: %s"
                                .formatted(
                                        conditions.path(index).path("type").asText(),
                                        conditions.path(index).path("reason").asText("no reason"))));
    }

    private static boolean isUnmet(JsonNode condition) {
        boolean partly = condition.path("reason").asText("").equals("PartiallyInvalid");
        return WANTED.contains(condition.path("type").asText(""))
                && (partly || condition.path("status").asText("").equals("False"));
    }
}
