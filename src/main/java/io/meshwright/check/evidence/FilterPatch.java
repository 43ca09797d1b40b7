package io.meshwright.check.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A patch of an EnvoyFilter: its operation, and the kind of Envoy's configuration that it applies to. */
public record FilterPatch(Manifest filter, int index, String operation, String target) {
    private static final List<String> ROUTES = List.of("ROUTE_CONFIGURATION", "HTTP_ROUTE");
    private static final List<String> REPLACEABLE = List.of("NETWORK_FILTER", "HTTP_FILTER", "VIRTUAL_HOST");

    public static Stream<FilterPatch> all(Mesh mesh) {
        return mesh.manifests().kind(Kind.ENVOY_FILTER).stream()
                .flatMap(filter -> IntStream.range(
                                0, filter.at("/spec/configPatches").size())
                        .mapToObj(index -> of(filter, index)));
    }

    private static FilterPatch of(Manifest filter, int index) {
        JsonNode patch = filter.at("/spec/configPatches").path(index);
        return new FilterPatch(
                filter,
                index,
                patch.at("/patch/operation").asText(""),
                patch.path("applyTo").asText(""));
    }

    public Source source() {
        return Source.of(filter).item("spec/configPatches", index).at("/patch/operation");
    }

    /** True if Istio passes over the operation, because it knows none of that name for what it applies to. */
    public boolean isIgnored() {
        return switch (operation) {
            case "ADD", "REMOVE" -> ROUTES.contains(target);
            case "REPLACE" -> !REPLACEABLE.contains(target);
            default -> false;
        };
    }
}
