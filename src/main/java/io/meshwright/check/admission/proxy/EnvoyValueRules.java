package io.meshwright.check.admission.proxy;

import io.meshwright.check.admission.field.Field;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The values of patches as istiod reads them into Envoy's messages: what is of a wrong kind is refused, and a field
 * that a message does not have is dropped (pkg/config/xds, BuildXDSObjectFromStruct).
 */
final class EnvoyValueRules {
    private static final String PREFIX = "type.googleapis.com/";
    // JSON of protocol buffers takes numbers as texts too, in its own words (protobuf.dev, ProtoJSON).
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?|NaN|-?Infinity");
    private static final String LIST = "list ";
    private static final String MAP = "map ";
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

    private EnvoyValueRules() {}

    /** Looks at the value of a patch; {@code to} is what the patch applies to. */
    static void examine(Field value, String to) {
        if (ROOTS.containsKey(to)) {
            value(value, ROOTS.get(to));
        }
    }

    private static void value(Field value, String kind) {
        if (!value.isSet()) {
            return;
        }
        if (kind.startsWith(LIST)) {
            expect(value, value.node().isArray(), "a list");
            value.items().forEach(item -> value(item, kind.substring(LIST.length())));
        } else if (kind.startsWith(MAP)) {
            expect(value, value.node().isObject(), "a mapping");
            value.entries().forEach(entry -> value(entry, kind.substring(MAP.length())));
        } else {
            switch (kind) {
                case "any" -> typed(value);
                case "bool" -> expect(value, value.node().isBoolean(), "true or false");
                case "string" -> expect(value, value.node().isTextual(), "a text");
                case "number" ->
                    expect(
                            value,
                            value.node().isNumber()
                                    || value.node().isTextual()
                                            && NUMBER.matcher(value.text()).matches(),
                            "a number");
                case "enum" ->
                    expect(value, value.node().isNumber() || value.node().isTextual(), "a name");
                case "free" -> {}
                default -> message(value, kind);
            }
        }
    }

    private static void message(Field value, String type) {
        expect(value, value.node().isObject(), "a mapping");
        EnvoyMessages messages = EnvoyMessages.all();
        if (!messages.has(type)) {
            return;
        }
        for (Field field : value.entries()) {
            messages.field(type, field.key()).ifPresentOrElse(kind -> value(field, kind), () -> unknown(field, type));
        }
    }

    private static void unknown(Field field, String type) {
        if (!field.key().equals("@type")) {
            field.warn(
                    "Envoy's %s has no field \"%s\", and istiod drops it"
                            .formatted(type.substring(type.lastIndexOf('.') + 1), field.key()),
                    "Look up %s in Envoy's API.".formatted(type));
        }
    }

    private static void typed(Field value) {
        expect(value, value.node().isObject(), "a mapping");
        Field type = value.at("@type");
        String name = type.text().replace(PREFIX, "");
        if (EnvoyMessages.all().isMisspelt(name)) {
            type.refuse("Envoy has no type \"%s\"".formatted(name), "Write a type of Envoy's API.");
        } else {
            message(value, name);
        }
    }

    private static void expect(Field value, boolean holds, String what) {
        if (!holds && !value.node().isNull()) {
            value.refuse("%s is not %s".formatted(value.node(), what), "Write %s.".formatted(what));
        }
    }
}
