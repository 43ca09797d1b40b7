package io.meshwright.heal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Evicts the pod that an alert names. The others of its workload that are ready are counted before, so that the last
 * one is never taken, with a disruption budget or without.
 */
final class PodEviction implements Action {
    private static final String POD = "pod";

    private final Api api;
    private final boolean dryRun;

    PodEviction(Api api, boolean dryRun) {
        this.api = api;
        this.dryRun = dryRun;
    }

    @Override
    public Step look(Target target, FiredAlert alert) throws Held {
        String name = alert.label(POD);
        Api.Answer answer = api.get("/api/v1/namespaces/%s/pods?labelSelector=%s"
                .formatted(target.namespace(), URLEncoder.encode(target.labelSelector(), StandardCharsets.UTF_8)));
        if (!answer.isOk() || !answer.body().path("items").isArray()) {
            throw new Held("the pods of %s cannot be read: %s".formatted(target, answer.said()));
        }
        JsonNode chosen = null;
        int others = 0;
        for (JsonNode pod : answer.body().path("items")) {
            if (pod.at("/metadata/name").asText("").equals(name)) {
                chosen = pod;
            } else if (isReady(pod)) {
                others++;
            }
        }
        if (chosen == null || chosen.at("/metadata").has("deletionTimestamp")) {
            throw new Held("%s has no pod \"%s\" any more".formatted(target, name));
        }
        if (others < target.least()) {
            throw new Held("without \"%s\" only %d pods of %s are ready, and %d must stay"
                    .formatted(name, others, target, target.least()));
        }
        ObjectNode eviction = eviction(target.namespace(), chosen);
        return new Request(
                "evict pod %s of %s, beside which %d others are ready".formatted(name, target, others),
                () -> api.send(
                        "POST",
                        "/api/v1/namespaces/%s/pods/%s/eviction".formatted(target.namespace(), name),
                        Api.JSON,
                        eviction));
    }

    /** With the pod's own uid: one of the same name that came in its place is left alone. */
    private ObjectNode eviction(String namespace, JsonNode pod) {
        ObjectNode eviction = JsonNodeFactory.instance.objectNode();
        eviction.put("apiVersion", "policy/v1").put("kind", "Eviction");
        eviction.putObject("metadata")
                .put("name", pod.at("/metadata/name").asText())
                .put("namespace", namespace);
        ObjectNode options = eviction.putObject("deleteOptions");
        options.putObject("preconditions").put("uid", pod.at("/metadata/uid").asText());
        if (dryRun) {
            options.putArray("dryRun").add("All");
        }
        return eviction;
    }

    private static boolean isReady(JsonNode pod) {
        if (pod.path("metadata").has("deletionTimestamp")) {
            return false;
        }
        for (JsonNode condition : pod.at("/status/conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }
}
