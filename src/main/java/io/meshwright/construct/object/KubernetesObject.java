package io.meshwright.construct.object;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import imports.io.meshwright.objects.Manifest;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/** Hands an object built with fabric8's models, or given as an ordered map, to cdk8s as one ApiObject. */
public final class KubernetesObject {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .annotationIntrospector(new RecordsInOrder())
            .build();
    private static final TypeReference<LinkedHashMap<String, Object>> ORDERED = new TypeReference<>() {};

    private KubernetesObject() {}

    /**
     * Makes ready, beside the caller, what writes the kinds that every platform has: looking through their models takes
     * longer than writing hundreds of them.
     */
    public static void prepare() {
        ForkJoinPool.commonPool()
                .execute(() -> List.of(
                                new DeploymentBuilder()
                                        .withNewSpec()
                                        .withNewTemplate()
                                        .withNewSpec()
                                        .addNewContainer()
                                        .endContainer()
                                        .endSpec()
                                        .endTemplate()
                                        .endSpec()
                                        .build(),
                                new ServiceBuilder().withNewSpec().endSpec().build(),
                                new NetworkPolicy())
                        .forEach(KubernetesObject::map));
    }

    /** Adds a typed object to the tree below {@code scope}. */
    public static ApiObject of(Construct scope, String id, HasMetadata object) {
        return add(scope, id, object);
    }

    /**
     * Adds an object given as a map with {@code apiVersion}, {@code kind}, {@code metadata} and the rest in its order;
     * for kinds that have no model.
     */
    public static ApiObject of(Construct scope, String id, Map<String, Object> object) {
        return add(scope, id, object);
    }

    // Each argument that is not a text is looked through key by key on both sides; a text goes in one piece.
    private static ApiObject add(Construct scope, String id, Object object) {
        try {
            return new Manifest(scope, id, MAPPER.writeValueAsString(object));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("%s: is no Kubernetes object".formatted(id), e);
        }
    }

    /** A typed value as the ordered map that its YAML is. */
    public static Map<String, Object> map(Object model) {
        return MAPPER.convertValue(model, ORDERED);
    }

    /** Writes our own records in the order of their components, where models of others are sorted. */
    private static final class RecordsInOrder extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public String[] findSerializationPropertyOrder(AnnotatedClass type) {
            Class<?> raw = type.getRawType();
            return raw.isRecord()
                    ? Arrays.stream(raw.getRecordComponents())
                            .map(RecordComponent::getName)
                            .toArray(String[]::new)
                    : super.findSerializationPropertyOrder(type);
        }
    }
}
