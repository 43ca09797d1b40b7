package io.meshwright.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListDefaultsTest {
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private static final JsonNode SCHEMA = read("""
      properties:
        metadata: {properties: {list: {items: {properties: {a: {default: 1}}}}}}
        status: {properties: {list: {items: {properties: {a: {default: 1}}}}}}
        spec:
          properties:
            outside: {default: seen}
            nested: {properties: {also: {default: seen}}}
            items:
              items:
                properties:
                  mode: {default: Plain}
                  maybe: {nullable: true, default: Plain}
                  deep: {properties: {level: {default: 3}, name: {}}}
                  names: {additionalProperties: {properties: {kind: {default: Own}}}}
                  within: {items: {properties: {weight: {default: 1}}}}
                  whole: {default: {given: 1}, properties: {given: {}, added: {default: 2}}}
            byName: {additionalProperties: {items: {properties: {mode: {default: Plain}}}}}
      """);

    @Test
    void finds_what_an_item_leaves_out_with_the_fields_of_a_default() {
        assertThat(missing("spec: {items: [{whole: {given: 0, added: 0}, maybe: x}, {mode: Own, maybe: x}]}"))
                .containsExactly("/spec/items/0/mode \"Plain\"", "/spec/items/1/whole {\"given\":1,\"added\":2}");
    }

    @Test
    void looks_into_mappings_and_lists_of_items_and_into_lists_of_mappings() {
        assertThat(missing("""
        spec:
          items:
            - {mode: A, maybe: A, whole: {added: 0}, deep: {name: x}, names: {a/b: {}}, within: [{}, {weight: 2}]}
          byName: {one: [{}]}
        """))
                .containsExactly(
                        "/spec/items/0/deep/level 3",
                        "/spec/items/0/names/a~1b/kind \"Own\"",
                        "/spec/items/0/within/0/weight 1",
                        "/spec/byName/one/0/mode \"Plain\"");
    }

    @Test
    void takes_a_null_for_nothing_where_the_definition_does_not_allow_it() {
        assertThat(missing("spec: {items: [{mode: null, maybe: null, whole: {added: 0}}]}"))
                .containsExactly("/spec/items/0/mode \"Plain\"");
    }

    @Test
    void passes_over_what_stands_in_no_list_and_what_nobody_delivers() {
        assertThat(missing("""
        metadata: {list: [{}]}
        spec: {nested: {}, items: []}
        status: {list: [{}]}
        """)).isEmpty();
    }

    @Test
    void is_not_put_off_by_values_of_other_types() {
        assertThat(missing("spec: {items: [text, 1, [x]], byName: text}")).isEmpty();
    }

    private static List<String> missing(String object) {
        return ListDefaults.missing(SCHEMA, read(object)).stream()
                .map(missing -> "%s %s".formatted(missing.pointer(), missing.value()))
                .toList();
    }

    private static JsonNode read(String text) {
        try {
            return YAML.readTree(text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
