package io.meshwright.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.List;

/** A Rollout whose controller moves weights of a VirtualService, as a person watches and steers it. */
record Canary(KubernetesClient client, JsonNode rollout) {
    /** What the routes that it moves give its canary, in the order of the VirtualService. */
    List<Integer> weights() {
        JsonNode moved = rollout.at("/spec/strategy/canary/trafficRouting/istio");
        List<String> names = new ArrayList<>();
        moved.at("/virtualService/routes").forEach(name -> names.add(name.asText()));
        String subset = moved.at("/destinationRule/canarySubsetName").asText();
        List<Integer> weights = new ArrayList<>();
        Live.get(client, host()).at("/spec/http").forEach(route -> {
            if (names.isEmpty() || names.contains(route.path("name").asText())) {
                route.path("route").forEach(destination -> {
                    if (destination.at("/destination/subset").asText().equals(subset)) {
                        weights.add(destination.path("weight").asInt());
                    }
                });
            }
        });
        return weights;
    }

    /** Whether every route gives it so much, and there is one. */
    boolean weighs(int weight) {
        return !weights().isEmpty() && weights().stream().allMatch(each -> each == weight);
    }

    /** What names the VirtualService. */
    JsonNode host() {
        JsonNode name = rollout.at("/spec/strategy/canary/trafficRouting/istio/virtualService/name");
        return Dist.YAML
                .createObjectNode()
                .put("apiVersion", "networking.istio.io/v1")
                .put("kind", "VirtualService")
                .set(
                        "metadata",
                        Dist.YAML
                                .createObjectNode()
                                .put("name", name.asText())
                                .put(
                                        "namespace",
                                        rollout.at("/metadata/namespace").asText()));
    }

    /** Name of the DestinationRule whose subsets it leads to its pods. */
    String rule() {
        return rollout.at("/spec/strategy/canary/trafficRouting/istio/destinationRule/name")
                .asText();
    }

    String phase() {
        return Live.get(client, rollout).at("/status/phase").asText();
    }

    String message() {
        return Live.get(client, rollout).path("status").toPrettyString();
    }

    /** Ends the step that waits, as {@code kubectl argo rollouts promote} does. */
    void promote() {
        Live.handle(client, rollout)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\": {\"pauseConditions\": null}}");
    }

    /** Takes all traffic back, as {@code kubectl argo rollouts abort} does. */
    void abort() {
        Live.handle(client, rollout)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\": {\"abort\": true}}");
    }
}
