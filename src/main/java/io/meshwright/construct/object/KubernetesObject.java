package io.meshwright.construct.object;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.cdk8s.ApiObject;
import org.cdk8s.ApiObjectMetadata;
import org.cdk8s.ApiObjectProps;
import org.cdk8s.JsonPatch;
import software.constructs.Construct;

/** Hands an object built with fabric8's models, or given as an ordered map, to cdk8s as one ApiObject. */
public final class KubernetesObject {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();
    private static final TypeReference<LinkedHashMap<String, Object>> ORDERED = new TypeReference<>() {};
    private static final Set<String> HEAD = Set.of("apiVersion", "kind", "metadata");
    private static final Set<String> METADATA = Set.of("name", "namespace", "labels", "annotations");

    private KubernetesObject() {}

    /** Adds a typed object to the tree below {@code scope}. */
    public static ApiObject of(Construct scope, String id, HasMetadata object) {
        return of(scope, id, map(object));
    }

    /**
     * Adds an object given as a map with {@code apiVersion}, {@code kind}, {@code metadata} and the rest in its order;
     * for kinds that have no model.
     *
     * @throws IllegalArgumentException if the metadata holds more than name, namespace, labels and annotations
     */
    public static ApiObject of(Construct scope, String id, Map<String, Object> object) {
        ApiObject apiObject = new ApiObject(
                scope,
                id,
                ApiObjectProps.builder()
                        .apiVersion((String) object.get("apiVersion"))
                        .kind((String) object.get("kind"))
                        .metadata(metadata((Map<?, ?>) object.get("metadata")))
                        .build());
        // Each call to cdk8s is a way to another process and back: everything beside the metadata goes in one.
        apiObject.addJsonPatch(object.entrySet().stream()
                .filter(entry -> !HEAD.contains(entry.getKey()))
                .map(entry -> JsonPatch.add("/" + entry.getKey(), entry.getValue()))
                .toArray(JsonPatch[]::new));
        return apiObject;
    }

    /** A typed value as the ordered map that its YAML is. */
    public static Map<String, Object> map(Object model) {
        return MAPPER.convertValue(model, ORDERED);
    }

    private static ApiObjectMetadata metadata(Map<?, ?> metadata) {
        if (!METADATA.containsAll(metadata.keySet())) {
            throw new IllegalArgumentException("metadata: only %s are written, not %s".formatted(METADATA, metadata));
        }
        return ApiObjectMetadata.builder()
                .name((String) metadata.get("name"))
                .namespace((String) metadata.get("namespace"))
                .labels(texts(metadata.get("labels")))
                .annotations(texts(metadata.get("annotations")))
                .build();
    }

    private static Map<String, String> texts(Object map) {
        var texts = new LinkedHashMap<String, String>();
        if (map instanceof Map<?, ?> entries) {
            entries.forEach((key, value) -> texts.put((String) key, (String) value));
        }
        return texts;
    }
}
