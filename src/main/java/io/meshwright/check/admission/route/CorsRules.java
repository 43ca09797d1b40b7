package io.meshwright.check.admission.route;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.part.Span;
import java.util.List;
import java.util.Set;

/** A CORS policy of a route. */
final class CorsRules {
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE");

    private CorsRules() {}

    static void examine(Field policy) {
        for (Field origin : policy.at("allowOrigins").items()) {
            boolean says = List.of("exact", "prefix", "regex").stream()
                    .anyMatch(way -> !origin.at(way).isEmpty());
            if (says) {
                TextMatch.regex(origin);
            } else {
                origin.refuse("the origin is compared with nothing", "Write exact, prefix or regex.");
            }
        }
        for (Field method : policy.at("allowMethods").items()) {
            boolean all = method.text().equals("*") && method.version().allowsAllMethods();
            if (!all && !METHODS.contains(method.text())) {
                method.refuse("\"%s\" is no method of HTTP".formatted(method.text()), "Write it in capital letters.");
            }
        }
        policy.at("allowHeaders").items().forEach(HeaderRules::listed);
        policy.at("exposeHeaders").items().forEach(HeaderRules::listed);
        Span.examine(policy.at("maxAge"));
        if (Span.hasFraction(policy.at("maxAge"))) {
            policy.at("maxAge")
                    .refuse(
                            "browsers count \"%s\" in whole seconds"
                                    .formatted(policy.at("maxAge").text()),
                            "Write a multiple of 1s.");
        }
    }
}
