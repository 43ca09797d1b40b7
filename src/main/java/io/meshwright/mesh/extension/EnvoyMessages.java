package io.meshwright.mesh.extension;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.ManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The messages of Envoy's API that patches usually write, and its enums, by their whole names. */
public final class EnvoyMessages {
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

    private static final String ONE_OF = "one of ";

    /** The lines of the table by the names that they begin with; few of them are ever read. */
    private final Map<String, String> lines = new TreeMap<>();

    private final Map<String, Message> messages = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> enums = new ConcurrentHashMap<>();
    private final Set<String> packages = new TreeSet<>();

    /**
     * A message of the API.
     *
     * @param fields the types of its fields by their names
     * @param choices names of fields of which one must be there
     */
    private record Message(Map<String, FieldType> fields, List<List<String>> choices) {}

    private EnvoyMessages() {
        try (InputStream table = EnvoyMessages.class.getResourceAsStream("envoy-messages.yaml")) {
            new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        String name = line.substring(0, line.indexOf(':'));
                        lines.put(name, line.substring(name.length() + 1));
                        packages.add(home(name));
                    });
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private Message message(String name) {
        return messages.computeIfAbsent(name, none -> read(row(name)));
    }

    private JsonNode row(String name) {
        return ManifestReader.value(lines.getOrDefault(name, "")).orElseThrow();
    }

    private static Message read(JsonNode row) {
        Map<String, FieldType> fields = new TreeMap<>();
        List<List<String>> choices = new ArrayList<>();
        row.properties().forEach(field -> {
            String written = field.getValue().asText();
            if (field.getKey().startsWith(ONE_OF)) {
                choices.add(List.of(written.split(" ")));
            } else {
                fields.put(field.getKey(), FieldType.of(written));
            }
        });
        return new Message(fields, choices);
    }

    /** Read when the first patch is. */
    private static final class Holder {
        static final EnvoyMessages ALL = new EnvoyMessages();
    }

    public static EnvoyMessages all() {
        return Holder.ALL;
    }

    /** Returns the type of a message's field; empty for a field that the message does not have. */
    Optional<FieldType> field(String message, String written) {
        Map<String, FieldType> own = fields(message);
        return Optional.ofNullable(own.get(written))
                .or(() -> own.entrySet().stream()
                        .filter(field -> camel(field.getKey()).equals(written))
                        .map(Map.Entry::getValue)
                        .findFirst());
    }

    /** The types of a message's fields by their names; none for a message that is not in the table. */
    Map<String, FieldType> fields(String message) {
        return has(message) ? message(message).fields() : Map.of();
    }

    /** The names of fields of which a message must have one, for each such choice. */
    List<List<String>> choices(String message) {
        return has(message) ? message(message).choices() : List.of();
    }

    boolean has(String message) {
        return lines.containsKey(message);
    }

    /** True if an enum has that name, or is not in the table. */
    public boolean isNamed(String enumeration, String name) {
        return !has(enumeration)
                || enums.computeIfAbsent(enumeration, none -> Set.copyOf(Fields.texts(row(enumeration))))
                        .contains(name);
    }

    /** True if messages of the package that a name gives are known, and none of them is called so. */
    public boolean isMisspelt(String message) {
        return !has(message)
                && packages.contains(home(message))
                && FILTERS.stream().anyMatch(message::startsWith);
    }

    private static String home(String message) {
        return message.substring(0, message.lastIndexOf('.') + 1);
    }

    /** The name of a message or enum within its package, as Envoy's pages give it. */
    public static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1).replace('_', '.');
    }

    /** The other form in which a field may be written (protobuf.dev, ProtoJSON). */
    static String camel(String name) {
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
