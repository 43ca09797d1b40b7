package io.meshwright.check.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A patch of an EnvoyFilter acts only where its operation suits what it applies to, in an order that is written. */
public final class PatchesApply implements Check {
    private static final List<String> ROUTES = List.of("ROUTE_CONFIGURATION", "HTTP_ROUTE");
    private static final List<String> REPLACEABLE = List.of("NETWORK_FILTER", "HTTP_FILTER", "VIRTUAL_HOST");
    private static final List<String> INSERTS = List.of("INSERT_BEFORE", "INSERT_AFTER");

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.manifests().kind(Kind.ENVOY_FILTER).stream()
                .flatMap(filter -> IntStream.range(
                                0, filter.at("/spec/configPatches").size())
                        .boxed()
                        .flatMap(index -> finding(filter, index).stream()));
    }

    private static Optional<Finding> finding(Manifest filter, int index) {
        Source place = Source.of(filter).item("spec/configPatches", index).at("/patch/operation");
        JsonNode patch = filter.at("/spec/configPatches").path(index);
        String target = patch.path("applyTo").asText("");
        String operation = patch.at("/patch/operation").asText("");
        return switch (operation) {
            case "ADD" ->
                ROUTES.contains(target)
                        ? Optional.of(Rule.PATCH_ADDS_NOTHING.at(place, "Istio ignores ADD for %s".formatted(target)))
                        : Optional.empty();
            case "REMOVE" ->
                ROUTES.contains(target)
                        ? Optional.of(
                                Rule.PATCH_REMOVES_NOTHING.at(place, "Istio ignores REMOVE for %s".formatted(target)))
                        : relative(filter, index, place, operation);
            case "REPLACE" ->
                REPLACEABLE.contains(target)
                        ? relative(filter, index, place, operation)
                        : Optional.of(Rule.PATCH_REPLACES_NOTHING.at(
                                place,
                                "Istio ignores REPLACE for %s; it replaces filters and virtual hosts only"
                                        .formatted(target)));
            default -> INSERTS.contains(operation) ? relative(filter, index, place, operation) : Optional.empty();
        };
    }

    /** An operation that means something only beside what other patches have put there. */
    private static Optional<Finding> relative(Manifest filter, int index, Source place, String operation) {
        if (filter.at("/spec/priority").asInt(0) != 0) {
            return Optional.empty();
        }
        JsonNode patches = filter.at("/spec/configPatches");
        String name = name(patches.path(index));
        boolean bound = IntStream.range(0, patches.size())
                .filter(other -> other != index)
                .mapToObj(patches::path)
                .anyMatch(other -> other.at("/match/proxy").has("proxyVersion")
                        && name(other).equals(name));
        return Optional.of(
                bound && !name.isEmpty()
                        ? Rule.PATCH_BOUND_TO_VERSION.at(
                                place,
                                "%s counts on \"%s\", which another patch puts into proxies of one version only"
                                        .formatted(operation, name))
                        : Rule.PATCH_ORDER_UNDECIDED.at(
                                place,
                                ("%s means a place among other patches, and without a priority the age of the "
                                                + "objects orders them")
                                        .formatted(operation)));
    }

    private static String name(JsonNode patch) {
        String own = patch.at("/patch/value/name").asText("");
        return own.isEmpty()
                ? patch.at("/match/listener/filterChain/filter/name").asText("")
                : own;
    }
}
