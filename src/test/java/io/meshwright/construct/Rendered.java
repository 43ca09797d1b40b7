package io.meshwright.construct;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.cdk8s.Chart;
import org.cdk8s.Testing;

/** The objects of one chart that a test has filled, as cdk8s renders them. */
public final class Rendered {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<JsonNode> objects;

    private Rendered(List<JsonNode> objects) {
        this.objects = objects;
    }

    public static Rendered of(Consumer<Chart> fill) {
        Chart chart = Testing.chart();
        fill.accept(chart);
        JsonNode objects = MAPPER.valueToTree(Testing.synth(chart));
        return new Rendered(StreamSupport.stream(objects.spliterator(), false).toList());
    }

    /** The one object of this kind; anything but one fails. */
    public JsonNode only(String kind) {
        return single(
                objects.stream().filter(object -> kind(object).equals(kind)).toList(), kind);
    }

    /** The one object with this {@link #names() name}. */
    public JsonNode named(String name) {
        return single(
                objects.stream().filter(object -> name(object).equals(name)).toList(), name);
    }

    /** Every object as {@code Kind namespace/name}, or {@code Kind name} without a namespace, in order of the text. */
    public List<String> names() {
        return objects.stream().map(Rendered::name).sorted().toList();
    }

    private JsonNode single(List<JsonNode> found, String what) {
        if (found.size() != 1) {
            throw new AssertionError("%d objects are \"%s\" among:%n%s"
                    .formatted(
                            found.size(), what, names().stream().collect(Collectors.joining(System.lineSeparator()))));
        }
        return found.get(0);
    }

    private static String kind(JsonNode object) {
        return object.path("kind").asText();
    }

    private static String name(JsonNode object) {
        String namespace = object.at("/metadata/namespace").asText();
        String name = object.at("/metadata/name").asText();
        return "%s %s".formatted(kind(object), namespace.isEmpty() ? name : "%s/%s".formatted(namespace, name));
    }
}
