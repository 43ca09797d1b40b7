package io.meshwright.environment.reader;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType;
import com.github.victools.jsonschema.generator.CustomDefinitionProviderV2;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import io.meshwright.environment.key.Key;
import io.meshwright.environment.key.KeyFacts;
import io.meshwright.environment.key.ScalarFactories;
import io.meshwright.environment.key.Sentences;
import io.meshwright.environment.key.Words;
import io.meshwright.value.Bounds;
import io.meshwright.value.Doc;
import io.meshwright.value.Matches;
import io.meshwright.value.Range;
import java.lang.reflect.Field;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scalars of a type of their own: value types with their one bound, enums with their words. */
final class ValueSchema implements CustomDefinitionProviderV2 {
    @Override
    public @Nullable CustomDefinition provideCustomSchemaDefinition(
            ResolvedType resolved, SchemaGenerationContext context) {
        Class<?> type = resolved.getErasedType();
        ObjectNode schema = context.getGeneratorConfig().createObjectNode();
        if (type.isEnum()) {
            words(type, schema);
        } else if (ScalarFactories.isValue(type)) {
            value(type, schema);
        } else if (Key.isBeside(type)) {
            schema.put("type", "string");
        } else {
            return null;
        }
        return new CustomDefinition(schema, DefinitionType.INLINE, AttributeInclusion.NO);
    }

    private static void words(Class<?> type, ObjectNode schema) {
        Map<String, Field> words = Words.ofEnum(type);
        schema.put("type", "string");
        ArrayNode values = schema.putArray("enum");
        words.keySet().forEach(values::add);
        if (words.values().stream().anyMatch(word -> word.isAnnotationPresent(Doc.class))) {
            ArrayNode docs = schema.putArray("enumDescriptions");
            words.values().forEach(word -> docs.add(Sentences.of(word).orElse("")));
        }
    }

    private static void value(Class<?> type, ObjectNode schema) {
        ScalarFactories factories = ScalarFactories.of(type);
        String number = factories.number().isPresent() ? "number" : "integer";
        boolean text = factories.text().isPresent();
        boolean both =
                text && (factories.number().isPresent() || factories.integer().isPresent());
        if (both) {
            schema.putArray("type").add("string").add(number);
        } else {
            schema.put("type", text ? "string" : number);
        }
        bounds(type, schema);
    }

    private static void bounds(Class<?> type, ObjectNode schema) {
        Bounds.declared(type, Range.class)
                .ifPresent(range -> schema.put("minimum", range.min()).put("maximum", range.max()));
        Bounds.declared(type, Matches.class).ifPresent(matches -> {
            schema.put("pattern", KeyFacts.pattern(matches));
            if (matches.max() != Integer.MAX_VALUE) {
                schema.put("maxLength", matches.max());
            }
        });
    }
}
