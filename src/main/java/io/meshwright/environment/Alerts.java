package io.meshwright.environment;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Sample;
import io.meshwright.value.SecretRef;
import io.meshwright.value.telemetry.AlertSeverity;
import io.meshwright.value.telemetry.Receiver;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Receivers of alerts, by severity: two channels of Slack, others, or both. */
@Doc("Where alerts go, by severity.")
@Sample("{slackWebhook: slack/url, critical: \"#shop-alerts\", warning: \"#shop-notices\"}")
public record Alerts(
        @Nullable @Doc("Slack webhook address, as secret/key in the tools' namespace.")
        SecretRef slackWebhook,

        @Nullable @Doc("Slack's channel of alerts that wake somebody, with #.") @Sample("\"#shop-alerts\"")
        String critical,

        @Nullable @Doc("Slack's channel of all others, with #.") @Sample("\"#shop-notices\"")
        String warning,

        @Defaulted @Doc("Who is told besides Slack, or in its place, by a name of one's own.")
        Map<Name, Receiver> receivers) {
    public Alerts {
        receivers = receivers == null ? Map.of() : new LinkedHashMap<>(receivers);
        Require.that(
                slackWebhook != null || !receivers.isEmpty(),
                "slackWebhook",
                "is missing",
                "add it, or somebody else to receivers");
        channel("critical", critical, slackWebhook);
        channel("warning", warning, slackWebhook);
        if (slackWebhook == null) {
            for (AlertSeverity severity : AlertSeverity.values()) {
                Require.that(
                        receivers.values().stream()
                                .anyMatch(receiver -> receiver.severities().contains(severity)),
                        "receivers",
                        "tells nobody of alerts of severity \"%s\"".formatted(severity.label()),
                        "add it to severities of one");
            }
        }
    }

    private static void channel(String key, @Nullable String channel, @Nullable SecretRef slackWebhook) {
        if (slackWebhook == null) {
            Require.that(
                    channel == null, key, "is a channel of Slack, and slackWebhook is missing", "add it, or remove it");
            return;
        }
        Require.that(
                Require.notBlank(key, channel).startsWith("#"),
                key,
                "\"%s\" is no channel".formatted(channel),
                "start it with \"#\"");
    }
}
