package io.meshwright.plan.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.check.schema.CustomResources;
import io.meshwright.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An object as the API server would keep it: with its defaults, without what a cluster alone writes, and without
 * mappings that are empty where empty and absent mean the same.
 */
public final class NormalForm {
    private static final Set<String> SAME_WHEN_EMPTY =
            Set.of("labels", "annotations", "metadata", "conditions", "resources", "limits", "requests", "env", "args");
    private static final List<String> WRITTEN_BY_CLUSTERS =
            List.of("creationTimestamp", "resourceVersion", "uid", "generation", "managedFields", "selfLink");
    /** kubectl's copy of the object, which may hold a Secret's values. */
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final CustomResources definitions;

    /** @param definitions by which custom resources get their defaults */
    public NormalForm(CustomResources definitions) {
        this.definitions = definitions;
    }

    /** A copy. */
    public JsonNode of(Manifest manifest) {
        JsonNode copy = definitions.defaulted(manifest);
        if (copy instanceof ObjectNode object) {
            object.remove("status");
            // All versions of a kind are one object, which the API server converts.
            object.put("apiVersion", manifest.kind().group());
            if (object.path("metadata") instanceof ObjectNode metadata) {
                WRITTEN_BY_CLUSTERS.forEach(metadata::remove);
                if (metadata.path("annotations") instanceof ObjectNode annotations) {
                    annotations.remove(LAST_APPLIED);
                }
            }
            KubernetesDefaults.fill(manifest.kind(), object);
            tidy(object);
        }
        return copy;
    }

    private static void tidy(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> empty = new ArrayList<>();
            object.properties().forEach(field -> {
                tidy(field.getValue());
                boolean nothing = field.getValue().isNull()
                        || field.getValue().isContainerNode()
                                && field.getValue().isEmpty()
                                && SAME_WHEN_EMPTY.contains(field.getKey());
                if (nothing) {
                    empty.add(field.getKey());
                }
            });
            object.remove(empty);
        } else if (node instanceof ArrayNode items) {
            items.forEach(NormalForm::tidy);
        }
    }
}
