package io.meshwright.construct.delivery.chart;

import io.meshwright.value.MeshwrightNames;

/**
 * Lua by which Argo CD judges the health of what it has no good judgement of. The scripts run in Argo CD's own virtual
 * machine, which knows Lua's base and table libraries and {@code os.time} and {@code os.date} [argo-cd, util/lua at
 * v3.5.7].
 */
final class HealthScripts {
    // Fetching a chart may take a while, and the first commit has no next one yet.
    private static final int APPLIED_WITHIN = 5;

    /**
     * An Application holds back what comes after it only where it says so: until it was applied once, and then until it
     * is healthy, but not for longer than it says after it was begun. Since Argo CD 1.8 an Application has no health of
     * its own [argo-cd, operator-manual/health.md]; a script that hands on the reported one makes the root Application
     * wait for itself, and for every child that is degraded, paused or progressing for ever, while newer commits are
     * held back. What cannot be applied at all fails the wait after {@value #APPLIED_WITHIN} times as long: without
     * Istio's webhook the services' pods would come without sidecars. Each child's own state stands in that child and,
     * as the message, beside it in the root.
     */
    static final String APPLICATION = """
      local os = require("os")
      local status = obj.status or {}
      local reported = status.health and status.health.status or "Missing"
      local seconds = tonumber((obj.metadata.annotations or {})["%s"] or "0")
      local function older(moment, limit)
        return moment and moment < os.date("%%Y-%%m-%%dT%%XZ", os.time() - limit)
      end
      local applied = status.sync and status.sync.status == "Synced" or status.history and #status.history > 0
      if seconds > 0 and not applied then
        if older(obj.metadata.creationTimestamp, %d * seconds) then
          return { status = "Degraded", message = "could not be applied, and what comes later needs it" }
        end
        return { status = "Progressing", message = "not applied yet" }
      end
      if reported == "Healthy" then
        return { status = "Healthy", message = "" }
      end
      local begun = status.operationState and status.operationState.startedAt or obj.metadata.creationTimestamp
      if seconds > 0 and not older(begun, seconds) then
        return { status = "Progressing", message = reported }
      end
      return { status = "Healthy", message = reported }
      """.formatted(MeshwrightNames.AWAIT_SECONDS, APPLIED_WITHIN);

    /**
     * A definition is on its way until the API server serves it. Up to 3.5.1 Argo CD calls it Degraded for that moment,
     * which fails a sync that waits for it [argo-cd, resource_customizations/apiextensions.k8s.io at v3.0.12, v3.5.1
     * and v3.5.7].
     */
    static final String DEFINITION = """
      local health = { status = "Progressing", message = "not served yet" }
      for _, condition in ipairs(obj.status and obj.status.conditions or {}) do
        local refused = condition.type == "NamesAccepted" and condition.status == "False"
          or condition.type == "NonStructuralSchema" and condition.status == "True"
        if refused then
          return { status = "Degraded", message = condition.message or condition.type }
        end
        if condition.type == "Established" and condition.status == "True" then
          health = { status = "Healthy", message = "" }
        end
      end
      return health
      """;

    /**
     * An ApplicationSet holds nobody back. Argo CD calls it Progressing while other clusters roll out, and Degraded
     * where one of them is unknown or cannot be reached; the root of its own cluster, which applies it, would then
     * apply nothing after it and end no sync [argo-cd, resource_customizations/argoproj.io/ApplicationSet at v3.5.7].
     * What is wrong stands beside it as the message.
     */
    static final String FLEET = """
      for _, condition in ipairs(obj.status and obj.status.conditions or {}) do
        local wrong = condition.type == "ErrorOccurred" and condition.status == "True"
          or condition.type == "ResourcesUpToDate" and condition.status == "False"
        if wrong then
          return { status = "Healthy", message = condition.message or condition.type }
        end
      end
      return { status = "Healthy", message = "" }
      """;

    private HealthScripts() {}
}
