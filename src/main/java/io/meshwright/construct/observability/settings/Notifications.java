package io.meshwright.construct.observability.settings;

import io.meshwright.value.Require;
import io.meshwright.value.SecretRef;

/**
 * Receivers of alerts: two Slack channels, reached by a webhook address that only a Secret knows.
 *
 * @param webhook Secret and key that hold the address
 * @param critical channel for what someone must see to now, such as {@code #alerts-critical}
 * @param warning channel for what can wait for working hours
 */
public record Notifications(SecretRef webhook, String critical, String warning) {
    public Notifications {
        Require.present("webhook", webhook).keyed("webhook");
        channel("critical", critical);
        channel("warning", warning);
    }

    private static void channel(String key, String channel) {
        Require.that(
                Require.present(key, channel).matches("#[a-z0-9_-]{1,80}"),
                key,
                "\"%s\" is not a Slack channel".formatted(channel),
                "write it as #alerts");
    }
}
