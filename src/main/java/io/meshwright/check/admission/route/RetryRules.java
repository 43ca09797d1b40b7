package io.meshwright.check.admission.route;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.part.Span;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules for the retries of a route. */
final class RetryRules {
    private static final Set<String> CONDITIONS = Set.of(
            "5xx",
            "gateway-error",
            "reset",
            "reset-before-request",
            "connect-failure",
            "retriable-4xx",
            "refused-stream",
            "retriable-status-codes",
            "retriable-headers",
            "envoy-ratelimited",
            "http3-post-connect-failure",
            "cancelled",
            "deadline-exceeded",
            "internal",
            "resource-exhausted",
            "unavailable");
    // The codes that have a name in Go, by which Istio knows a status.
    private static final Pattern STATUS = Pattern.compile(
            "\\+?0*" + "(?:10[0-3]|20[0-8]|226|30[0-578]|40\\d|41[0-8]|42[1-689]|431|451|50[0-8]|51[01])");

    private RetryRules() {}

    static void examine(Field retries) {
        Field attempts = retries.at("attempts");
        if (attempts.number() < 0) {
            attempts.refuse("%d attempts cannot be made".formatted(attempts.number()), "Write 0 or more.");
        }
        boolean says = !retries.at("retryOn").isEmpty()
                || List.of("perTryTimeout", "retryRemoteLocalities").stream()
                        .anyMatch(field -> retries.at(field).isSet());
        if (attempts.number() == 0 && says) {
            retries.refuse(
                    "retries are switched off by attempts 0 and described all the same",
                    "Write attempts of 1 or more, or attempts alone.");
        }
        Span.examine(retries.at("perTryTimeout"));
        Span.examine(retries.at("backoff"));
        Field on = retries.at("retryOn");
        for (String condition : on.isEmpty() ? new String[0] : on.text().split(",", -1)) {
            if (!CONDITIONS.contains(condition) && !STATUS.matcher(condition).matches()) {
                on.refuse(
                        "\"%s\" is nothing on which Envoy tries again".formatted(condition),
                        "List conditions such as connect-failure,503 with commas and without spaces.");
            }
        }
    }
}
