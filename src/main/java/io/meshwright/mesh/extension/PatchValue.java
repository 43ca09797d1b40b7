package io.meshwright.mesh.extension;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.extension.FieldType.Shape;
import io.meshwright.mesh.terms.Source;
import java.util.Map;
import java.util.Optional;

/** The value of a patch, read along the messages of Envoy's API. */
public final class PatchValue {
    private static final String PREFIX = "type.googleapis.com/";
    private static final Map<String, String> ROOTS = Map.of(
            "CLUSTER", "envoy.config.cluster.v3.Cluster",
            "LISTENER", "envoy.config.listener.v3.Listener",
            "FILTER_CHAIN", "envoy.config.listener.v3.FilterChain",
            "LISTENER_FILTER", "envoy.config.listener.v3.ListenerFilter",
            "NETWORK_FILTER", "envoy.config.listener.v3.Filter",
            "HTTP_FILTER", "envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter",
            "ROUTE_CONFIGURATION", "envoy.config.route.v3.RouteConfiguration",
            "VIRTUAL_HOST", "envoy.config.route.v3.VirtualHost",
            "HTTP_ROUTE", "envoy.config.route.v3.Route",
            "EXTENSION_CONFIG", "envoy.config.core.v3.TypedExtensionConfig");

    private final EnvoyMessages messages = EnvoyMessages.all();
    private final Visitor visitor;

    /** Meets what is written, from the outside inwards. */
    public interface Visitor {
        /** A field, or a value of a list or mapping; null is not written. */
        void value(Source source, JsonNode value, FieldType type);

        /**
         * A message of the table.
         *
         * @param whole whether all of it is written here, and none is in what the patch changes
         */
        void message(Source source, JsonNode value, String type, boolean whole);

        /** A field that its message does not have. */
        void unknown(Source source, String key, String message);
    }

    private PatchValue(Visitor visitor) {
        this.visitor = visitor;
    }

    /** Shows the value of a patch to a visitor; nothing where the table has no message for what is patched. */
    public static void visit(ProxyPatch patch, Visitor visitor) {
        Optional.ofNullable(ROOTS.get(patch.target()))
                .map(FieldType::of)
                .ifPresent(root -> new PatchValue(visitor)
                        .value(
                                patch.source().at("/patch/value"),
                                patch.value(),
                                root,
                                !patch.operation().equals("MERGE")));
    }

    /** The name of the message that a typed value says it is; empty where it says none. */
    public static String named(JsonNode typed) {
        return typed.path("@type").asText("").replace(PREFIX, "");
    }

    private void value(Source source, JsonNode value, FieldType type, boolean whole) {
        if (value.isMissingNode() || value.isNull()) {
            return;
        }
        visitor.value(source, value, type);
        if (type.shape() == Shape.LIST) {
            for (int index = 0; value.isArray() && index < value.size(); index++) {
                // A merge adds to lists what it has.
                value(source.field(Integer.toString(index)), value.get(index), type.single(), true);
            }
        } else if (type.shape() == Shape.MAP) {
            Fields.entries(value)
                    .forEach(entry -> value(source.field(entry.getKey()), entry.getValue(), type.single(), whole));
        } else {
            message(source, value, type.kind().equals(FieldType.ANY) ? named(value) : type.kind(), whole);
        }
    }

    private void message(Source source, JsonNode value, String type, boolean whole) {
        if (!value.isObject() || !messages.has(type)) {
            return;
        }
        visitor.message(source, value, type, whole);
        Fields.entries(value).forEach(entry -> {
            Source field = source.field(entry.getKey());
            messages.field(type, entry.getKey())
                    .ifPresentOrElse(
                            found -> value(field, entry.getValue(), found, whole),
                            () -> visitor.unknown(field, entry.getKey(), type));
        });
    }
}
