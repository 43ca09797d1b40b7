package io.meshwright.construct;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.construct.object.ApiObjects;
import io.meshwright.construct.object.ApiObjects.Field;
import io.meshwright.definition.BroughtDefinitions;
import io.meshwright.definition.ListDefaults;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.constructs.IConstruct;

/**
 * Custom resources say in their lists what the API server would add there by their definitions, such as the protocol of
 * a port in a Rollout: without it Argo CD finds them different from the cluster for ever [argo-cd#11074,
 * external-secrets#6398].
 */
public final class WrittenDefaults {
    private WrittenDefaults() {}

    /**
     * Completes every custom resource below {@code scope} of whose kind a definition is known; the last thing to do
     * before an App is synthesized. What an object says itself stays.
     */
    public static void write(IConstruct scope) {
        Map<String, List<Field>> missing = new LinkedHashMap<>();
        ApiObjects.manifests(scope).forEach((path, manifest) -> {
            List<Field> fields = missing(manifest);
            if (!fields.isEmpty()) {
                missing.put(path, fields);
            }
        });
        ApiObjects.add(scope, missing);
    }

    private static List<Field> missing(JsonNode manifest) {
        String apiVersion = manifest.path("apiVersion").asText();
        String kind = manifest.path("kind").asText();
        return BroughtDefinitions.schema(apiVersion, kind).stream()
                .flatMap(schema -> ListDefaults.missing(schema, manifest).stream())
                .map(field -> new Field(field.pointer().toString(), field.value()))
                .toList();
    }
}
