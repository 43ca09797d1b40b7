package io.meshwright.construct;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.LinkedHashMap;
import java.util.Map;
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

    private KubernetesObject() {}

    /** Adds a typed object to the tree below {@code scope}. */
    public static ApiObject of(Construct scope, String id, HasMetadata object) {
        return of(scope, id, map(object));
    }

    /**
     * Adds an object given as a map with {@code apiVersion}, {@code kind}, {@code metadata} and the rest in its order.
     */
    public static ApiObject of(Construct scope, String id, Map<String, Object> object) {
        Map<?, ?> metadata = (Map<?, ?>) object.get("metadata");
        ApiObject apiObject = new ApiObject(
                scope,
                id,
                ApiObjectProps.builder()
                        .apiVersion((String) object.get("apiVersion"))
                        .kind((String) object.get("kind"))
                        .metadata(metadata(metadata))
                        .build());
        object.forEach((key, value) -> {
            if (!key.equals("apiVersion") && !key.equals("kind") && !key.equals("metadata")) {
                apiObject.addJsonPatch(JsonPatch.add("/" + key, value));
            }
        });
        return apiObject;
    }

    /** A typed value as the ordered map that its YAML is. */
    public static Map<String, Object> map(Object model) {
        return MAPPER.convertValue(model, ORDERED);
    }

    private static ApiObjectMetadata metadata(Map<?, ?> metadata) {
        var builder = ApiObjectMetadata.builder().name((String) metadata.get("name"));
        if (metadata.get("namespace") != null) {
            builder.namespace((String) metadata.get("namespace"));
        }
        builder.labels(texts(metadata.get("labels"))).annotations(texts(metadata.get("annotations")));
        return builder.build();
    }

    private static Map<String, String> texts(Object map) {
        var texts = new LinkedHashMap<String, String>();
        if (map instanceof Map<?, ?> entries) {
            entries.forEach((key, value) -> texts.put((String) key, (String) value));
        }
        return texts;
    }
}
