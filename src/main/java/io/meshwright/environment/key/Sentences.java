package io.meshwright.environment.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.value.Doc;
import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sentences that an editor shows beside a key. */
public final class Sentences {
    private Sentences() {}

    public static Optional<String> of(AnnotatedElement element) {
        return Optional.ofNullable(element.getAnnotation(Doc.class)).map(Doc::value);
    }

    /** The sentence of a key; where it has none, that of its type. */
    public static Optional<String> of(Key key) {
        Class<?> type = key.type() instanceof Class<?> plain ? plain : Object.class;
        return key.component()
                .flatMap(component -> of(component, type))
                .or(() -> key.mapping().flatMap(Sentences::of));
    }

    /** The sentence of a key, then how its scalar is written. */
    public static Optional<String> of(AnnotatedElement key, Class<?> type) {
        Optional<String> said = of(key);
        boolean scalar = ScalarFactories.isValue(type) || type.isEnum() && said.isEmpty();
        String both = Stream.of(said, scalar ? of(type) : Optional.<String>empty())
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
        return both.isEmpty() ? Optional.empty() : Optional.of(both);
    }

    /**
     * Puts a sentence beside its reference instead of both into an {@code allOf}: draft 7 lets validators skip what
     * stands beside a reference, which loses nothing of a sentence, and an editor sees at once what kind of value is
     * wanted.
     */
    public static JsonNode besideReferences(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.path("allOf").size() == 2) {
            JsonNode reference = object.path("allOf").path(0);
            JsonNode sentence = object.path("allOf").path(1);
            if (reference.has("$ref") && reference.size() == 1 && sentence.has("description") && sentence.size() == 1) {
                object.remove("allOf");
                object.setAll((ObjectNode) reference);
                object.setAll((ObjectNode) sentence);
            }
        }
        schema.forEach(Sentences::besideReferences);
        return schema;
    }
}
