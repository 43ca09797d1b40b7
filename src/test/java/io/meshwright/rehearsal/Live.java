package io.meshwright.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.List;

/** Objects as the API server has them, read back field by field against a manifest. */
final class Live {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Live() {}

    /** The object of a manifest; missing where there is none. */
    static JsonNode get(KubernetesClient client, JsonNode manifest) {
        GenericKubernetesResource found = handle(client, manifest).get();
        return found == null ? MissingNode.getInstance() : JSON.valueToTree(found);
    }

    static Resource<GenericKubernetesResource> handle(KubernetesClient client, JsonNode manifest) {
        var kind = client.genericKubernetesResources(
                manifest.path("apiVersion").asText(), manifest.path("kind").asText());
        String name = manifest.at("/metadata/name").asText();
        JsonNode namespace = manifest.at("/metadata/namespace");
        return namespace.isMissingNode()
                ? kind.withName(name)
                : kind.inNamespace(namespace.asText()).withName(name);
    }

    /** Changes one field as somebody does by hand, behind Git's back. */
    static void patch(KubernetesClient client, JsonNode manifest, String at, JsonNode to) {
        boolean item = Character.isDigit(at.charAt(at.length() - 1)) && at.charAt(at.length() - 2) == '/';
        JsonNode operation = JSON.createObjectNode()
                .put("op", item ? "replace" : "add")
                .put("path", at)
                .set("value", to);
        handle(client, manifest)
                .patch(
                        PatchContext.of(PatchType.JSON),
                        JSON.createArrayNode().add(operation).toString());
    }

    /** Every field of the manifest that the live object has otherwise: {@code /spec/http/0/timeout: 9s is 15s}. */
    static List<String> differences(KubernetesClient client, JsonNode manifest) {
        List<String> differences = new ArrayList<>();
        compare(differences, "", manifest, get(client, manifest));
        return differences;
    }

    private static void compare(List<String> differences, String at, JsonNode wanted, JsonNode live) {
        if (wanted.isObject()) {
            wanted.properties()
                    .forEach(field -> compare(
                            differences,
                            "%s/%s".formatted(at, field.getKey()),
                            field.getValue(),
                            live.path(field.getKey())));
        } else if (wanted.isArray()) {
            for (int item = 0; item < wanted.size(); item++) {
                compare(differences, "%s/%d".formatted(at, item), wanted.get(item), live.path(item));
            }
            if (live.size() > wanted.size()) {
                differences.add("%s: %d items are %d".formatted(at, wanted.size(), live.size()));
            }
        } else if (!wanted.asText().equals(live.asText()) && !(live.isMissingNode() && isZero(wanted))) {
            differences.add("%s: %s is %s".formatted(at, wanted, live));
        }
    }

    /** What the API server leaves out again, since its absence says the same: {@code readOnly: false}. */
    private static boolean isZero(JsonNode value) {
        return value.isNull()
                || value.asText().isEmpty()
                || value.asText().equals("false")
                || value.asText().equals("0");
    }
}
