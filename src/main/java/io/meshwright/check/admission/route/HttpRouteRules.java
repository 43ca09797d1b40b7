package io.meshwright.check.admission.route;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.part.DestinationReference;
import io.meshwright.check.admission.part.Span;

/** An HTTP route: which of its parts exclude each other, and the parts themselves. */
final class HttpRouteRules {
    private HttpRouteRules() {}

    static void examine(Field route, boolean delegate) {
        if (route.at("delegate").isSet() && !delegate) {
            root(route);
        } else {
            parts(route, delegate);
        }
        route.at("match").items().forEach(HttpMatchRules::examine);
        HeaderRules.operations(route.at("headers"));
        CorsRules.examine(route.at("corsPolicy"));
        FaultRules.examine(route.at("fault"));
        MirrorRules.examine(route);
        AnswerRules.redirect(route.at("redirect"), route.at("match").items());
        AnswerRules.direct(route.at("directResponse"));
        RetryRules.examine(route.at("retries"));
        RewriteRules.examine(route);
        DestinationReference.weighted(route.at("route"));
        route.at("route").items().forEach(target -> HeaderRules.operations(target.at("headers")));
        Span.examine(route.at("timeout"));
    }

    private static void root(Field route) {
        alone(route, "delegate", "redirect", route.at("redirect").isSet());
        alone(route, "delegate", "route", !route.at("route").isEmpty());
    }

    private static void parts(Field route, boolean delegate) {
        if (delegate && route.at("delegate").isSet()) {
            route.at("delegate")
                    .refuse(
                            "a VirtualService without hosts delegates again",
                            "Route to destinations here; delegates do not nest.");
        }
        boolean redirects = route.at("redirect").isSet();
        boolean answers = route.at("directResponse").isSet();
        if (redirects || answers) {
            String answer = redirects ? "redirect" : "directResponse";
            alone(route, answer, "route", !route.at("route").isEmpty());
            alone(route, answer, "fault", route.at("fault").isSet());
            alone(route, answer, "rewrite", route.at("rewrite").isSet());
            alone(route, answer, "directResponse", redirects && answers);
        } else if (route.at("route").isEmpty()) {
            route.refuse("the route has no destination", "Write route, redirect or directResponse.");
        }
        alone(
                route,
                "mirror",
                "mirrors",
                route.at("mirror").isSet() && !route.at("mirrors").isEmpty());
    }

    private static void alone(Field route, String one, String other, boolean both) {
        if (both) {
            route.at(other).refuse("a route has either %s or %s".formatted(one, other), "Remove one of the two.");
        }
    }
}
