package io.meshwright.environment.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordSchemaTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String TEXT = RecordSchema.of(Fleet.class);
    private static final JsonNode ROOT = parse(new ObjectMapper(), TEXT);
    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(TEXT);

    @ParameterizedTest
    @ValueSource(strings = {FleetFiles.COMPLETE, FleetFiles.SMALLEST})
    void accepts_what_the_reader_accepts(String file) {
        assertThat(readable(file)).isTrue();
        assertThat(findings(file)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hots: [a]",
                "mode: easygoing",
                "mode:",
                "hosts: a.b",
                "hosts: {a: 1}",
                "hosts: [a, 1.30]",
                "hosts: [A]",
                "ships: [a]",
                "ships: {A: {port: 1}}",
                "ships: {a: {}}",
                "ships: {a: {prot: 1}}",
                "ships: {a: {port: 0}}",
                "ships: {a: {port: 70000}}",
                "ships: {a: {port: \"80\"}}",
                "ships: {a: {port: 1, load: 101}}",
                "ships: {a: {port: 1, load: {dry: true}}}",
                "ships: {a: {port: 1, load: {weight: 1, wet: true}}}",
                "ships: {a: {port: 1, callers: [1]}}",
                "ships: {a: {port: 1, repair: {days: 1}}}",
                "ships: {a: {port: 1, repair: {by: others}}}",
                "ships: {a: {port: 1, limits: {grace: 30}}}",
                "ships: {a: {port: 1, limits: {limit: 1GB}}}",
                "flag: nor",
                "rank: 10",
                "rank: three",
                "sails: \"true\"",
                "draught: deep",
                "tonnage: 0.5",
                "until: tomorrow",
                "extras: [a]"
            })
    void refuses_what_the_reader_refuses_wherever_a_schema_can_say_it(String line) {
        String file = FleetFiles.SMALLEST + line + "\n";

        assertThat(readable(file)).isFalse();
        assertThat(findings(file)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version: 1.30.5\nyard: {type: slip, steep: true}",
                "name: a\nversion: 1.30\nyard: {type: slip, steep: true}",
                "name: a\nversion: 1.30.5\nyard: {type: beach}",
                "name: a\nversion: 1.30.5\nyard: {steep: true}",
                "name: a\nversion: 1.30.5\nyard: {type: slip}",
                "name: a\nversion: 1.30.5\nyard: {type: slip, steep: true, address: 10.0.0.0/8}",
                "[]",
                "text"
            })
    void refuses_files_that_lack_what_they_must_give(String file) {
        assertThat(readable(file)).isFalse();
        assertThat(findings(file)).isNotEmpty();
    }

    @Test
    void requires_exactly_what_the_reader_misses() {
        ObjectNode complete =
                ((ObjectNode) parse(YAML, FleetFiles.COMPLETE)).without("ships"); // a ship's host needs hosts
        List<String> needed = complete.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !readable(complete.deepCopy().without(key).toString()))
                .toList();

        assertThat(ROOT.path("required")).extracting(JsonNode::textValue).containsExactlyElementsOf(needed);
    }

    @Test
    void shows_an_editor_what_a_key_means() {
        assertThat(ROOT.at("/properties/name/description").textValue())
                .isEqualTo("Its name. Name: lower-case letters, digits and dashes, at most 63 characters.");
        assertThat(ROOT.at("/properties/version/examples/0").textValue()).isEqualTo("1.30.5");
        assertThat(ROOT.at("/properties/mode/description").textValue()).isEqualTo("How strict it is.");
        assertThat(ROOT.at("/properties/mode/enumDescriptions/1").textValue()).isEqualTo("Lets things pass.");
        assertThat(ROOT.at("/properties/yard").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("$ref", "description");
        assertThat(ROOT.at("/definitions/Fleet.Yard/oneOf/0/description").textValue())
                .isEqualTo("Under a roof.");
    }

    @Test
    void keeps_the_order_of_the_record() {
        assertThat(ROOT.path("properties").properties())
                .extracting(Map.Entry::getKey)
                .startsWith("name", "version", "yard", "mode")
                .endsWith("sails", "draught", "tonnage");
    }

    @Test
    void is_draft_7_and_the_same_every_time() {
        assertThat(ROOT.path("$schema").textValue()).isEqualTo("http://json-schema.org/draft-07/schema#");
        assertThat(RecordSchema.of(Fleet.class))
                .isEqualTo(TEXT)
                .doesNotContain("\r")
                .endsWith("}\n");
    }

    @Test
    void writes_patterns_that_every_dialect_reads_alike() {
        assertThat(ROOT.findValuesAsText("pattern"))
                .isNotEmpty()
                .allSatisfy(pattern -> assertThat(pattern.replaceAll("\\\\[sSdDwW.*+?^$|/\\\\(){}\\[\\]]", ""))
                        .doesNotContain("\\")
                        .doesNotContain("(?=")
                        .doesNotContain("(?!"));
    }

    static boolean readable(String file) {
        return RecordReader.read("f", file.getBytes(StandardCharsets.UTF_8), Fleet.class) instanceof Reading.Accepted;
    }

    static List<Error> findings(String file) {
        return SCHEMA.validate(parse(YAML, file));
    }

    private static JsonNode parse(ObjectMapper mapper, String text) {
        try {
            return mapper.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
