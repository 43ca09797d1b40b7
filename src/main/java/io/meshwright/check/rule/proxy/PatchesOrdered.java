package io.meshwright.check.rule.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.FilterPatch;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An operation that means a place among other patches has an order that is written. */
@AutoService(Inspection.class)
public final class PatchesOrdered implements Check {
    public static final Rule PATCH_ORDER_UNDECIDED = Rule.info("MESH291", "patch_order_undecided")
            .title("A patch of an EnvoyFilter means a place among others and has no priority")
            .twins("IST0151")
            .consequence("The age of the objects orders the patches, so a re-created object changes what proxies do.")
            .remedy("Set priority, or use an operation that needs no neighbour, such as INSERT_FIRST or MERGE.");

    public static final Rule PATCH_BOUND_TO_VERSION = Rule.warning("MESH295", "patch_bound_to_version")
            .title("A patch of an EnvoyFilter counts on one that is bound to a proxy version")
            .twins("IST0155")
            .consequence("After an upgrade the filter is not there and the patch does nothing.")
            .remedy("Set priority, and bind both patches to the same versions, or neither.");

    private static final List<String> PUTTING = List.of("ADD", "INSERT_FIRST", "INSERT_BEFORE", "INSERT_AFTER");
    private static final List<String> RELATIVE = List.of("REMOVE", "REPLACE", "INSERT_BEFORE", "INSERT_AFTER");

    @Override
    public List<Rule> rules() {
        return List.of(PATCH_ORDER_UNDECIDED, PATCH_BOUND_TO_VERSION);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return FilterPatch.all(mesh)
                .filter(patch -> RELATIVE.contains(patch.operation()) && !patch.isIgnored())
                .flatMap(patch -> finding(patch.filter(), patch.index(), patch.source(), patch.operation()).stream());
    }

    private static Optional<Finding> finding(Manifest filter, int index, Source place, String operation) {
        if (filter.at("/spec/priority").asInt(0) != 0) {
            return Optional.empty();
        }
        JsonNode patches = filter.at("/spec/configPatches");
        String name = name(patches.path(index));
        // Patches of the same versions come and go together.
        JsonNode versions = patches.path(index).at("/match/proxy/proxyVersion");
        boolean bound = IntStream.range(0, patches.size())
                .filter(other -> other != index)
                .mapToObj(patches::path)
                .filter(other -> !other.at("/match/proxy/proxyVersion").equals(versions))
                // One filter written anew for each of several versions is its own neighbour in none.
                .filter(other -> versions.isMissingNode() || !puts(patches.path(index)) || !puts(other))
                .anyMatch(other -> other.at("/match/proxy").has("proxyVersion")
                        && name(other).equals(name));
        return Optional.of(
                bound && !name.isEmpty()
                        ? PATCH_BOUND_TO_VERSION.at(
                                place,
                                "%s counts on \"%s\", which another patch puts into proxies of one version only"
                                        .formatted(operation, name))
                        : PATCH_ORDER_UNDECIDED.at(
                                place,
                                ("%s means a place among other patches, and without a priority the age of the "
                                                + "objects orders them")
                                        .formatted(operation)));
    }

    private static boolean puts(JsonNode patch) {
        return PUTTING.contains(patch.at("/patch/operation").asText(""));
    }

    private static String name(JsonNode patch) {
        String own = patch.at("/patch/value/name").asText("");
        return own.isEmpty()
                ? patch.at("/match/listener/filterChain/filter/name").asText("")
                : own;
    }
}
