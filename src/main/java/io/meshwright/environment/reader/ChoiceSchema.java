package io.meshwright.environment.reader;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType;
import com.github.victools.jsonschema.generator.CustomDefinitionProviderV2;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import io.meshwright.environment.key.ScalarFactories;
import io.meshwright.environment.key.Sentences;
import io.meshwright.environment.key.Words;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Schemas of values that are written in more than one way: a sealed type by its discriminator, a record by its
 * shorthand.
 */
final class ChoiceSchema implements CustomDefinitionProviderV2 {
    @Override
    public @Nullable CustomDefinition provideCustomSchemaDefinition(
            ResolvedType resolved, SchemaGenerationContext context) {
        Class<?> type = resolved.getErasedType();
        if (type.isSealed()) {
            return choice(variants(type, context));
        }
        Optional<Method> shorthand = type.isRecord() ? ScalarFactories.shorthand(type) : Optional.empty();
        return shorthand
                .map(factory -> choice(either(factory, resolved, context)))
                .orElse(null);
    }

    // Without attributes of its own: additionalProperties beside the alternatives would refuse the keys of each of
    // them.
    private static CustomDefinition choice(ObjectNode schema) {
        return new CustomDefinition(schema, DefinitionType.STANDARD, AttributeInclusion.NO);
    }

    private ObjectNode variants(Class<?> sealed, SchemaGenerationContext context) {
        ObjectNode schema = described(sealed, context).put("type", "object");
        ArrayNode choices = schema.putArray("oneOf");
        Words.ofSealed(sealed)
                .forEach((word, type) -> choices.add(variant(Words.discriminator(sealed), word, type, context)));
        return schema;
    }

    private ObjectNode variant(String discriminator, String word, Class<?> type, SchemaGenerationContext context) {
        ObjectNode standard =
                context.createStandardDefinition(context.getTypeContext().resolve(type), this);
        ObjectNode schema = described(type, context).put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject(discriminator).put("const", word);
        // A choice may have no key but the word for it.
        if (standard.path("properties") instanceof ObjectNode own) {
            properties.setAll(own.deepCopy());
        }
        ArrayNode required = schema.putArray("required").add(discriminator);
        standard.path("required").forEach(required::add);
        return schema.put("additionalProperties", false);
    }

    private ObjectNode either(Method shorthand, ResolvedType type, SchemaGenerationContext context) {
        ObjectNode schema = described(type.getErasedType(), context);
        schema.putArray("anyOf")
                .add(context.createDefinitionReference(
                        context.getTypeContext().resolve(shorthand.getGenericParameterTypes()[0])))
                .add(context.createStandardDefinition(type, this));
        return schema;
    }

    private static ObjectNode described(Class<?> type, SchemaGenerationContext context) {
        ObjectNode schema = context.getGeneratorConfig().createObjectNode();
        Sentences.of(type).ifPresent(sentence -> schema.put("description", sentence));
        return schema;
    }
}
