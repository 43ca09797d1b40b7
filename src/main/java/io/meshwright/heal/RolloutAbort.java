package io.meshwright.heal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * Aborts the release that is under way, as {@code kubectl argo rollouts abort} does: in the status, which no Git has.
 */
final class RolloutAbort implements Action {
    private final Api api;
    private final boolean dryRun;

    RolloutAbort(Api api, boolean dryRun) {
        this.api = api;
        this.dryRun = dryRun;
    }

    @Override
    public Step look(Target target, FiredAlert alert) throws Held {
        Api.Answer answer = api.get(target.path());
        if (!answer.isOk()) {
            throw new Held("%s cannot be read: %s".formatted(target, answer.said()));
        }
        JsonNode status = answer.body().path("status");
        String stable = status.path("stableRS").asText("");
        if (status.path("abort").asBoolean(false)) {
            throw new Held("the release of %s is aborted already".formatted(target));
        }
        if (stable.isEmpty() || stable.equals(status.path("currentPodHash").asText(""))) {
            throw new Held("no release of %s is under way".formatted(target));
        }
        JsonNode patch = JsonNodeFactory.instance
                .objectNode()
                .set("status", JsonNodeFactory.instance.objectNode().put("abort", true));
        return new Request(
                "abort the release of %s: the stable version gets all requests again".formatted(target),
                () -> api.send(
                        "PATCH",
                        "%s/status%s".formatted(target.path(), dryRun ? "?dryRun=All" : ""),
                        Api.MERGE,
                        patch));
    }
}
