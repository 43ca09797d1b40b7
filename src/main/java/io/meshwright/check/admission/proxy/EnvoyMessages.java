package io.meshwright.check.admission.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.ManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The messages of Envoy's API that patches usually write, by their whole names. */
final class EnvoyMessages {
    private final Map<String, Map<String, String>> fields = new TreeMap<>();
    private final Set<String> packages = new TreeSet<>();

    private EnvoyMessages() {
        try (InputStream table = EnvoyMessages.class.getResourceAsStream("envoy-messages.yaml")) {
            JsonNode messages = ManifestReader.value(new String(table.readAllBytes(), StandardCharsets.UTF_8))
                    .orElseThrow();
            messages.properties().forEach(message -> {
                Map<String, String> own = new TreeMap<>();
                message.getValue()
                        .properties()
                        .forEach(field ->
                                own.put(field.getKey(), field.getValue().asText()));
                fields.put(message.getKey(), own);
                packages.add(home(message.getKey()));
            });
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Read when the first patch is. */
    private static final class Holder {
        static final EnvoyMessages ALL = new EnvoyMessages();
    }

    static EnvoyMessages all() {
        return Holder.ALL;
    }

    /** Returns the type of a message's field; empty for a field that the message does not have. */
    Optional<String> field(String message, String written) {
        Map<String, String> own = fields.getOrDefault(message, Map.of());
        return Optional.ofNullable(own.get(written))
                .or(() -> own.entrySet().stream()
                        .filter(field -> camel(field.getKey()).equals(written))
                        .map(Map.Entry::getValue)
                        .findFirst());
    }

    boolean has(String message) {
        return fields.containsKey(message);
    }

    /** True if messages of the package that a name gives are known, and none of them is called so. */
    boolean isMisspelt(String message) {
        return !has(message)
                && packages.contains(home(message))
                && FILTERS.stream().anyMatch(message::startsWith);
    }

    /** Packages of which every message that stands alone is in the table. */
    private static final Set<String> FILTERS = Set.of(
            "envoy.extensions.filters.http.buffer.v3.",
            "envoy.extensions.filters.http.compressor.v3.",
            "envoy.extensions.filters.http.cors.v3.",
            "envoy.extensions.filters.http.header_mutation.v3.",
            "envoy.extensions.filters.http.local_ratelimit.v3.",
            "envoy.extensions.filters.http.lua.v3.",
            "envoy.extensions.filters.http.ratelimit.v3.",
            "envoy.extensions.filters.http.router.v3.");

    private static String home(String message) {
        return message.substring(0, message.lastIndexOf('.') + 1);
    }

    /** The other form in which a field may be written (protobuf.dev, ProtoJSON). */
    private static String camel(String name) {
        StringBuilder text = new StringBuilder();
        for (String part : name.split("_")) {
            text.append(
                    text.isEmpty()
                            ? part
                            : part.substring(0, 1).toUpperCase(Locale.ROOT).concat(part.substring(1)));
        }
        return text.toString();
    }
}
