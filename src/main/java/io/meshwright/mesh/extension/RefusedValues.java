package io.meshwright.mesh.extension;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.mesh.extension.FieldType.Shape;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Values of a patch that istiod reads and sends, and Envoy refuses together with all that comes along. */
public final class RefusedValues implements PatchValue.Visitor {
    private final EnvoyMessages messages = EnvoyMessages.all();
    private final List<Refusal> refusals = new ArrayList<>();

    /**
     * A field that Envoy refuses.
     *
     * @param why a sentence without its end
     * @param wanted the words for what would be taken
     */
    public record Refusal(Source source, String why, String wanted) {}

    private RefusedValues() {}

    /** Those of a patch, from the outside inwards; none of a patch that istiod passes over. */
    public static List<Refusal> of(ProxyPatch patch) {
        RefusedValues found = new RefusedValues();
        if (patch.bringsValue()) {
            PatchValue.visit(patch, found);
        }
        return List.copyOf(found.refusals);
    }

    @Override
    public void value(Source source, JsonNode value, FieldType type) {
        boolean passes = type.orEmpty() && value.asText("").isEmpty();
        if (passes || value.isContainerNode() == (type.shape() == Shape.ONE)) {
            return;
        }
        type.bounds().stream()
                .filter(bound -> bound.isOfItems() == (type.shape() != Shape.ONE))
                .filter(bound -> !bound.holds(value))
                .findFirst()
                .map(bound -> type.isTime() ? bound.words().concat("s") : bound.words())
                .ifPresent(wanted -> refusals.add(new Refusal(
                        source,
                        "%s is %s, and Envoy asks for %s".formatted(key(source), written(value), wanted),
                        wanted)));
    }

    private static String key(Source source) {
        return source.pointer().substring(source.pointer().lastIndexOf('/') + 1);
    }

    private static String written(JsonNode value) {
        return value.isContainerNode() ? "a list of %d".formatted(value.size()) : value.toString();
    }

    @Override
    public void message(Source source, JsonNode value, String type, boolean whole) {
        if (!whole) {
            return;
        }
        Stream<String> fields = messages.fields(type).entrySet().stream()
                .filter(field -> field.getValue().required() && isAbsent(value, field.getKey()))
                .map(Map.Entry::getKey);
        Stream<String> choices = messages.choices(type).stream()
                .filter(names -> names.stream().allMatch(name -> isAbsent(value, name)))
                .map(names -> names.size() == 1 ? names.get(0) : "one of ".concat(String.join(", ", names)));
        String missing = Stream.concat(fields, choices).collect(Collectors.joining(" and "));
        if (!missing.isEmpty()) {
            refusals.add(
                    new Refusal(source, "Envoy's %s needs %s".formatted(EnvoyMessages.simple(type), missing), missing));
        }
    }

    @Override
    public void unknown(Source source, String key, String message) {
        // Dropped before Envoy sees it.
    }

    private static boolean isAbsent(JsonNode message, String name) {
        return !message.hasNonNull(name) && !message.hasNonNull(EnvoyMessages.camel(name));
    }
}
