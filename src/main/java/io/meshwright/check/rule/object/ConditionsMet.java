package io.meshwright.check.rule.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.value.istio.IstioNames;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An object that was read from a cluster tells by its conditions whether istiod has taken it. */
@AutoService(Inspection.class)
public final class ConditionsMet implements Check {
    public static final Rule CONDITION_UNMET = Rule.warning("MESH299", "condition_unmet")
            .title("An object's status tells that it was not taken")
            .twins("IST0171")
            .consequence("What it says does not act on traffic, or not all of it.")
            .remedy("Mend what the condition's message names.");

    // Of Services and ServiceEntries, of AuthorizationPolicies, of the Gateway API.
    private static final List<String> WANTED = List.of(
            IstioNames.WAYPOINT_BOUND, "ZtunnelAccepted", "WaypointAccepted", "Accepted", "Programmed", "ResolvedRefs");
    private static final List<String> GROUPS =
            List.of("", "networking.istio.io", "security.istio.io", "gateway.networking.k8s.io");

    @Override
    public List<Rule> rules() {
        return List.of(CONDITION_UNMET);
    }

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
                .map(index -> CONDITION_UNMET.at(
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
