package io.meshwright.construct.delivery.chart;

import io.meshwright.value.Require;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells a Slack channel about Applications that failed, lost their health or were deployed.
 *
 * @param channel name without the hash
 * @param secret name of the Secret in Argo CD's namespace that holds the application's token
 * @param key the token's key in it
 */
public record SlackNotifications(String channel, String secret, String key) {
    private static final String FAILED = "app.status?.operationState.phase in ['Error', 'Failed']";
    private static final String DEGRADED = "app.status.health.status == 'Degraded'";
    private static final String DEPLOYED =
            "app.status?.operationState.phase in ['Succeeded'] and app.status.health.status == 'Healthy'";

    public SlackNotifications {
        Require.notBlank("channel", channel);
        Require.notBlank("secret", secret);
        Require.notBlank("key", key);
    }

    void into(ValueTree values) {
        // The controller reads $key only from the one Secret that carries its own configured name.
        values.put("notifications.secret.create", false)
                .put("notifications.secret.name", secret)
                .put("notifications.notifiers", ValueTree.entry("service.slack", "token: $%s\n".formatted(key)))
                .put("notifications.templates", templates())
                .put("notifications.triggers", triggers())
                .put("notifications.subscriptions", List.of(subscription()));
    }

    private Map<String, Object> templates() {
        Map<String, Object> templates = new LinkedHashMap<>();
        templates.put(
                "template.sync-failed",
                "message: \"{{.app.metadata.name}} could not be synchronized:"
                        + " {{.app.status.operationState.message}}\"\n");
        templates.put("template.health-degraded", "message: \"{{.app.metadata.name}} is degraded\"\n");
        templates.put(
                "template.deployed",
                "message: \"{{.app.metadata.name}} runs revision {{.app.status.sync.revision}}\"\n");
        return templates;
    }

    private Map<String, Object> triggers() {
        Map<String, Object> triggers = new LinkedHashMap<>();
        triggers.put("trigger.on-sync-failed", trigger(FAILED, "sync-failed", ""));
        triggers.put("trigger.on-health-degraded", trigger(DEGRADED, "health-degraded", ""));
        // Once per revision: an Application returns to this state after every refresh.
        triggers.put(
                "trigger.on-deployed",
                trigger(DEPLOYED, "deployed", "  oncePer: app.status?.operationState?.syncResult?.revision\n"));
        return triggers;
    }

    private static String trigger(String when, String template, String rest) {
        return "- when: %s\n  send: [%s]\n%s".formatted(when, template, rest);
    }

    private Map<String, Object> subscription() {
        Map<String, Object> subscription = new LinkedHashMap<>();
        subscription.put("recipients", List.of("slack:%s".formatted(channel)));
        subscription.put("triggers", List.of("on-sync-failed", "on-health-degraded", "on-deployed"));
        return subscription;
    }
}
