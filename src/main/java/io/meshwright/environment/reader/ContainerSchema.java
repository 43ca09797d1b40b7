package io.meshwright.environment.reader;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType;
import com.github.victools.jsonschema.generator.CustomDefinitionProviderV2;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import io.meshwright.environment.key.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Maps with keys of their type, what may be absent, and what may be anything. */
final class ContainerSchema implements CustomDefinitionProviderV2 {
    @Override
    public @Nullable CustomDefinition provideCustomSchemaDefinition(
            ResolvedType resolved, SchemaGenerationContext context) {
        Class<?> type = resolved.getErasedType();
        List<ResolvedType> parameters = resolved.getTypeParameters();
        if (type == Map.class) {
            return inline(map(parameters.get(0), parameters.get(1), context));
        } else if (type == Optional.class) {
            return inline(context.createDefinitionReference(parameters.get(0)));
        }
        return type == Object.class ? inline(context.getGeneratorConfig().createObjectNode()) : null;
    }

    /** The keys of an enum are listed, so that an editor offers them. */
    private static ObjectNode map(ResolvedType key, ResolvedType value, SchemaGenerationContext context) {
        ObjectNode schema = context.getGeneratorConfig().createObjectNode().put("type", "object");
        if (key.getErasedType().isEnum()) {
            ObjectNode properties = schema.putObject("properties");
            Words.ofEnum(key.getErasedType())
                    .keySet()
                    .forEach(word -> properties.set(word, context.createDefinitionReference(value)));
            return schema.put("additionalProperties", false);
        }
        if (key.getErasedType() != String.class) {
            schema.set("propertyNames", context.createDefinitionReference(key));
        }
        schema.set("additionalProperties", context.createDefinitionReference(value));
        return schema;
    }

    private static CustomDefinition inline(ObjectNode schema) {
        return new CustomDefinition(schema, DefinitionType.INLINE, AttributeInclusion.NO);
    }
}
