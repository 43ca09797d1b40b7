package io.meshwright.check.apiserver;

import io.meshwright.check.admission.field.Field;
import java.util.List;

/** Webhooks that the API server asks (admissionregistration/validation). */
final class WebhookRules {
    private static final int SEGMENTS = 3;

    private WebhookRules() {}

    static void examine(Field configuration) {
        List<Field> webhooks = configuration.at("webhooks").items();
        Limits.once(webhooks, webhook -> webhook.at("name").text(), "name");
        webhooks.forEach(WebhookRules::webhook);
    }

    private static void webhook(Field webhook) {
        Field name = webhook.at("name");
        Form.SUBDOMAIN.examine(name);
        if (!name.isEmpty() && name.text().split("\\.").length < SEGMENTS) {
            name.refuse(
                    "\"%s\" has fewer than three parts".formatted(name.text()),
                    "Write such as check.shop.example.org.");
        }
        Field client = webhook.at("clientConfig");
        // Of neither another check speaks, which knows the control planes.
        if (client.at("url").isSet() && client.at("service").isSet()) {
            client.refuse("url and service do not go together", "Write one of them.");
        }
        Field path = client.at("service").at("path");
        if (!path.isEmpty() && !path.text().startsWith("/")) {
            path.refuse("\"%s\" is no absolute path".formatted(path.text()), "Begin it with a slash.");
        }
        Selectors.selector(webhook.at("namespaceSelector"));
        Selectors.selector(webhook.at("objectSelector"));
        Field seconds = webhook.at("timeoutSeconds");
        if (seconds.isSet() && (seconds.number() < 1 || seconds.number() > 30)) {
            seconds.refuse("%d is not from 1 to 30".formatted(seconds.number()), "Write a number from 1 to 30.");
        }
        for (Field rule : webhook.at("rules").items()) {
            for (String list : List.of("operations", "apiGroups", "apiVersions", "resources")) {
                Limits.needed(rule, list, "Write what the webhook is asked about.");
            }
        }
    }
}
