package io.meshwright.heal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Moves an autoscaler's minimum by one pod while an alert is raised, never above the declared bound or the autoscaler's
 * own maximum, and back to the declared minimum when the alert is over.
 */
final class MinimumMove implements Action {
    private final Api api;
    private final boolean dryRun;

    MinimumMove(Api api, boolean dryRun) {
        this.api = api;
        this.dryRun = dryRun;
    }

    @Override
    public Step look(Target target, FiredAlert alert) throws Held {
        boolean kedas = target.kind().equals("scaledobjects");
        Api.Answer answer = api.get(target.path());
        if (!answer.isOk()) {
            throw new Held("the autoscaler of %s cannot be read: %s".formatted(target, answer.said()));
        }
        JsonNode spec = answer.body().path("spec");
        int now = spec.path(kedas ? "minReplicaCount" : "minReplicas").asInt(kedas ? 0 : 1);
        int bound = Math.min(
                target.most(),
                spec.path(kedas ? "maxReplicaCount" : "maxReplicas").asInt(target.most()));
        int next = next(target, alert, now, bound);
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        // Of the object that was looked at: whoever changed it meanwhile is not overwritten.
        patch.putObject("metadata")
                .put(
                        "resourceVersion",
                        answer.body().at("/metadata/resourceVersion").asText());
        patch.putObject("spec").put(kedas ? "minReplicaCount" : "minReplicas", next);
        return new Request(
                "move the minimum of %s from %d to %d pods".formatted(target, now, next),
                () -> api.send(
                        "PATCH", "%s%s".formatted(target.path(), dryRun ? "?dryRun=All" : ""), Api.MERGE, patch));
    }

    private static int next(Target target, FiredAlert alert, int now, int bound) throws Held {
        if (alert.resolved()) {
            if (now <= target.least()) {
                throw new Held("the minimum of %s is %d, as declared".formatted(target, now));
            }
            return target.least();
        }
        if (now >= bound) {
            throw new Held("the minimum of %s is %d, and its bound %d".formatted(target, now, bound));
        }
        return Math.min(Math.max(now + 1, target.least()), bound);
    }
}
