package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.meshwright.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every custom resource is valid for the CRDs of the very Istio release that its cluster runs, with no field unknown to
 * them.
 */
class CrdSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);

    @ParameterizedTest
    @CsvSource({"azure, istio-1.23", "egov, istio-1.26", "homelab, istio-1.30"})
    void custom_resources_are_valid_for_their_crds(String environment, String istio) throws IOException {
        Map<String, Schema> schemas = schemas(istio);
        List<String> problems = new ArrayList<>();
        int validated = 0;
        for (var manifest : Fixtures.manifests(environment).entrySet()) {
            JsonNode object = manifest.getValue();
            String key = object.path("apiVersion").asText() + " "
                    + object.path("kind").asText();
            if (schemas.containsKey(key)) {
                validated++;
                schemas.get(key)
                        .validate(object)
                        .forEach(message -> problems.add("%s: %s".formatted(manifest.getKey(), message)));
            } else {
                assertThat(key)
                        .as(manifest.getKey())
                        .doesNotContainPattern(
                                "^[^ ]*(istio\\.io|argoproj|metallb|cert-manager|external-secrets|keda)");
            }
        }

        assertThat(problems).isEmpty();
        assertThat(validated).as("custom resources validated").isGreaterThan(10);
    }

    private static Map<String, Schema> schemas(String istio) throws IOException {
        Map<String, Schema> schemas = new HashMap<>();
        for (String file : resource("crds/index.txt").lines().toList()) {
            if (!file.startsWith("istio-") || file.startsWith(istio + "/")) {
                for (String definition : resource("crds/" + file).lines().toList()) {
                    crd(JSON.readTree(definition.substring(definition.indexOf('\t'))), schemas);
                }
            }
        }
        return schemas;
    }

    private static void crd(JsonNode crd, Map<String, Schema> schemas) {
        for (JsonNode version : crd.at("/spec/versions")) {
            ObjectNode schema = version.at("/schema/openAPIV3Schema").deepCopy();
            ((ObjectNode) schema.path("properties"))
                    .putObject("metadata")
                    .put("type", "object")
                    .put("x-kubernetes-preserve-unknown-fields", true);
            ((ObjectNode) schema.path("properties")).putObject("apiVersion").put("type", "string");
            ((ObjectNode) schema.path("properties")).putObject("kind").put("type", "string");
            close(schema);
            schemas.put(
                    "%s/%s %s"
                            .formatted(
                                    crd.at("/spec/group").asText(),
                                    version.path("name").asText(),
                                    crd.at("/spec/names/kind").asText()),
                    SCHEMAS.getSchema(schema));
        }
    }

    /** As the API server prunes: a field that the schema does not list is dropped, which for us is an error. */
    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            if (object.path("x-kubernetes-int-or-string").asBoolean()) {
                object.remove(List.of("type", "anyOf"));
            }
            if (object.path("properties").isObject()
                    && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()
                    && object.path("type").asText().equals("object")) {
                object.put("additionalProperties", false);
            }
            // Formats such as int32 are Kubernetes' own.
            if (object.path("format").isTextual()) {
                object.remove("format");
            }
            object.forEach(CrdSchemaTest::close);
        } else if (schema.isArray()) {
            schema.forEach(CrdSchemaTest::close);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = CrdSchemaTest.class.getClassLoader().getResourceAsStream(name)) {
            assertThat(stream).as(name).isNotNull();
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
