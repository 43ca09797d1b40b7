package io.meshwright.mesh.extension;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Filters of Istio's own that measure and tell proxies of each other, which istiod's chart put into proxies by
 * EnvoyFilters up to 1.17 (manifests/charts/istio-control/istio-discovery/templates/telemetryv2_1.15.yaml and others).
 */
final class IstioTelemetry {
    private static final List<String> TYPES =
            List.of("stats.PluginConfig", ".metadataexchange.config.MetadataExchange");
    private static final String WASM = ".wasm.v3.Wasm";
    /** Code that is compiled into the proxy, by the names under which Istio registers it. */
    private static final Set<String> COMPILED = Set.of(
            "envoy.wasm.stats", "envoy.wasm.null.stats", "envoy.wasm.metadata_exchange", "envoy.wasm.null.stackdriver");

    private IstioTelemetry() {}

    /** True if a filter is one of them. */
    static boolean is(JsonNode filter) {
        JsonNode typed = EnvoyFields.of(filter, "typed_config");
        String type = Stream.of(EnvoyFields.of(typed, "type_url"), typed.path("@type"))
                .map(node -> node.asText(""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        return TYPES.stream().anyMatch(type::endsWith) || type.endsWith(WASM) && isCompiled(typed);
    }

    private static boolean isCompiled(JsonNode typed) {
        JsonNode value = typed.has("value") ? typed.path("value") : typed;
        JsonNode machine = EnvoyFields.of(value.path("config"), "vm_config");
        return machine.path("runtime").asText("").equals("envoy.wasm.runtime.null")
                && COMPILED.contains(EnvoyFields.of(machine.at("/code/local"), "inline_string")
                        .asText(""));
    }

    /** True if a patch of clusters adds such filters alone. */
    static boolean isAll(JsonNode cluster) {
        List<JsonNode> filters = Fields.items(cluster.path("filters"));
        return cluster.size() == 1 && !filters.isEmpty() && filters.stream().allMatch(IstioTelemetry::is);
    }
}
