package io.meshwright.heal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.healing.HealingNames;
import java.time.Clock;

/** Tells people: by an Event beside the workload, and by an alert of its own, which Alertmanager takes to Slack. */
final class Announcer {
    private final HealingPlan plan;
    private final Api api;
    private final Api alertmanager;
    private final Clock clock;

    Announcer(HealingPlan plan, Api api, Api alertmanager, Clock clock) {
        this.plan = plan;
        this.api = api;
        this.alertmanager = alertmanager;
        this.clock = clock;
    }

    /**
     * Writes an Event.
     *
     * @throws Held when the API server does not take it: what cannot be told is not done
     */
    void event(Target target, String reason, String words) throws Held {
        String now = clock.instant().toString();
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("apiVersion", "v1").put("kind", "Event");
        event.putObject("metadata").put("generateName", "healing-").put("namespace", target.namespace());
        event.putObject("involvedObject")
                .put(
                        "apiVersion",
                        target.resource().substring(0, target.resource().lastIndexOf('/')))
                .put("kind", kind(target))
                .put("namespace", target.namespace())
                .put("name", target.name());
        event.put("reason", reason)
                .put("message", words)
                .put("type", "Warning")
                .put("firstTimestamp", seconds(now))
                .put("lastTimestamp", seconds(now))
                .put("count", 1)
                .put("reportingComponent", MeshwrightNames.HEALING)
                .put("reportingInstance", plan.action());
        event.putObject("source").put("component", "healing");
        Api.Answer answer =
                api.send("POST", "/api/v1/namespaces/%s/events".formatted(target.namespace()), Api.JSON, event);
        if (!answer.isOk()) {
            throw new Held("no Event can be written: %s".formatted(answer.said()));
        }
    }

    /** Tells whether Alertmanager took it. */
    boolean alert(Target target, String words) {
        ObjectNode alert = JsonNodeFactory.instance.objectNode();
        ObjectNode labels = alert.putObject("labels")
                .put("alertname", HealingNames.ALERT)
                .put("severity", "warning")
                .put("namespace", target.namespace())
                .put("workload", target.name())
                .put("action", plan.action());
        ObjectNode annotations = alert.putObject("annotations").put("summary", words);
        // As Prometheus adds to the alerts that it raises, and the messages to people name.
        if (plan.cluster() != null) {
            labels.put("cluster", plan.cluster());
        }
        if (plan.runbook() != null) {
            annotations.put("runbook_url", plan.runbook());
        }
        try {
            return alertmanager
                    .send(
                            "POST",
                            "/api/v2/alerts",
                            Api.JSON,
                            JsonNodeFactory.instance.arrayNode().add(alert))
                    .isOk();
        } catch (Held unheard) {
            return false;
        }
    }

    private static String kind(Target target) {
        return switch (target.kind()) {
            case "rollouts" -> "Rollout";
            case "deployments" -> "Deployment";
            case "statefulsets" -> "StatefulSet";
            case "scaledobjects" -> "ScaledObject";
            default -> "HorizontalPodAutoscaler";
        };
    }

    private static String seconds(String instant) {
        return instant.replaceAll("[.]\\d+Z$", "Z");
    }
}
