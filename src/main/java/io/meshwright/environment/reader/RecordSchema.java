package io.meshwright.environment.reader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import io.meshwright.environment.key.Sentences;

/** The JSON Schema of the files that become a record: what an editor completes and underlines. */
public final class RecordSchema {
    private RecordSchema() {}

    /** Draft 7, which the YAML language server knows best; pretty-printed, with a line feed at the end. */
    public static String of(Class<?> recordType) {
        return print(schema(recordType));
    }

    /** The same of files that may extend bases, and of these bases. */
    public static String layered(Class<?> recordType) {
        return print(LayeredSchema.of(SchemaLinks.in(schema(recordType), recordType), recordType.getSimpleName()));
    }

    private static JsonNode schema(Class<?> recordType) {
        SchemaGeneratorConfigBuilder builder = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_7, OptionPreset.PLAIN_JSON)
                .with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT)
                .with(Option.DEFINITIONS_FOR_ALL_OBJECTS, Option.PLAIN_DEFINITION_KEYS)
                .without(Option.FLATTENED_OPTIONALS);
        KeySchema.configure(builder);
        builder.forTypesInGeneral()
                .withCustomDefinitionProvider(new ValueSchema())
                .withCustomDefinitionProvider(new ContainerSchema())
                .withCustomDefinitionProvider(new ChoiceSchema())
                .withDefinitionNamingStrategy(new DefinitionNames());
        return Sentences.besideReferences(new SchemaGenerator(builder.build()).generateSchema(recordType));
    }

    private static String print(JsonNode schema) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        Separators separators =
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER);
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators).withObjectIndenter(lines);
        try {
            return "%s\n".formatted(new ObjectMapper().writer(printer).writeValueAsString(schema));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
