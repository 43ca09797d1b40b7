package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.meshwright.Fixtures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every manifest is read with fabric8's models, and nothing in it is unknown to them at any depth. */
class StrictModelsTest {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    static List<String> environments() {
        return Fixtures.names();
    }

    @ParameterizedTest
    @MethodSource("environments")
    void models_know_every_field(String environment) {
        List<String> unknown = new ArrayList<>();
        int[] read = {0};
        Fixtures.manifests(environment).forEach((path, manifest) -> {
            HasMetadata object = SERIALIZATION.unmarshal(manifest.toString());
            if (!(object instanceof GenericKubernetesResource)) {
                read[0]++;
                lost(path, "", manifest, SERIALIZATION.convertValue(object, JsonNode.class), unknown);
                additional(path, "", object, unknown);
            }
        });

        assertThat(unknown).isEmpty();
        assertThat(read[0]).as("manifests read with a model of their kind").isGreaterThan(20);
    }

    private static void additional(String path, String at, Object model, List<String> unknown) {
        if (model instanceof List<?> list) {
            list.forEach(item -> additional(path, at + "[]", item, unknown));
            return;
        }
        if (model == null || !model.getClass().getName().startsWith("io.fabric8.")) {
            return;
        }
        for (var method : model.getClass().getMethods()) {
            if (method.getParameterCount() != 0
                    || !method.getName().startsWith("get")
                    || method.getName().equals("getClass")) {
                continue;
            }
            Object value = invoke(method, model);
            if (method.getName().equals("getAdditionalProperties")) {
                if (value instanceof java.util.Map<?, ?> map && !map.isEmpty()) {
                    unknown.add("%s %s: %s".formatted(path, at, map.keySet()));
                }
            } else {
                additional(path, at + "/" + method.getName().substring(3), value, unknown);
            }
        }
    }

    private static Object invoke(java.lang.reflect.Method method, Object model) {
        try {
            return method.invoke(model);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(method.toString(), e);
        }
    }

    private static void lost(String path, String at, JsonNode written, JsonNode read, List<String> unknown) {
        if (!(written instanceof ObjectNode)) {
            return;
        }
        written.fields().forEachRemaining(field -> {
            boolean empty =
                    field.getValue().isContainerNode() && field.getValue().isEmpty();
            if (!read.has(field.getKey()) && !empty) {
                unknown.add("%s %s/%s is lost".formatted(path, at, field.getKey()));
            } else if (read.has(field.getKey())) {
                lost(path, at + "/" + field.getKey(), field.getValue(), read.get(field.getKey()), unknown);
            }
        });
    }
}
