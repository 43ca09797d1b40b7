package io.meshwright.environment.reader;

import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.impl.DefinitionKey;
import com.github.victools.jsonschema.generator.naming.SchemaDefinitionNamingStrategy;
import io.meshwright.environment.key.KeyTree;

/** Names a definition after its record, with the record around it in front: {@code Canary.Version}. */
final class DefinitionNames implements SchemaDefinitionNamingStrategy {
    @Override
    public String getDefinitionNameForKey(DefinitionKey key, SchemaGenerationContext context) {
        return KeyTree.definition(key.getType().getErasedType());
    }
}
