package io.meshwright.incident.mending;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.meshwright.incident.evidence.Field;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.route.HttpRoute;
import java.util.Optional;

/** Changes of the route by which a request went. */
final class RouteMendings {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    private RouteMendings() {}

    static void timeout(Proposals proposals) {
        Optional<HttpRoute> route = written(proposals);
        if (route.isEmpty()) {
            proposals.not("the route whose timeout passed is none of a VirtualService among these manifests");
            return;
        }
        boolean perTry = proposals.evidence().text(Field.RESPONSE_CODE_DETAILS).contains("per_try");
        String limit = perTry
                ? route.get().body().at("/retries/perTryTimeout").asText("")
                : route.get().body().path("timeout").asText("");
        Optional<String> twice = twice(limit);
        if (twice.isEmpty()) {
            proposals.not(
                    "the route says no such time: the caller's header x-envoy-upstream-rq-timeout-ms or an EnvoyFilter does");
            return;
        }
        String name = perTry ? "perTryTimeout" : "timeout";
        proposals.add(
                Mending.of(
                                "raise %s from %s to %s".formatted(name, limit, twice.get()),
                                route.get().source(),
                                body -> (perTry ? Mending.object(body, "retries") : body).put(name, twice.get()))
                        .unproved()
                        .mind(
                                "How long the answer takes is not told, so that twice the time is a guess; who waits in front of it must wait as long."));
        proposals.add(
                Mending.of(
                                "let it take as long as it takes: no timeout, no retries",
                                route.get().source(),
                                body -> {
                                    body.remove("timeout"); // 0s is refused by the schema; none is none
                                    body.putObject("retries").put("attempts", 0);
                                })
                        .unproved()
                        .mind(
                                "It is for streams and long work; a caller of anything else then waits for a server that hangs."));
    }

    static void fault(Proposals proposals) {
        Optional<HttpRoute> route =
                written(proposals).filter(each -> each.body().path("fault").isObject());
        route.ifPresentOrElse(
                found -> proposals.add(
                        Mending.of("remove the fault", found.source(), (ObjectNode body) -> body.remove("fault"))
                                .unproved()),
                () -> proposals.not("no route of these manifests that the request takes injects a fault"));
    }

    /** The route as a VirtualService says it, which alone can be changed here. */
    static Optional<HttpRoute> written(Proposals proposals) {
        return proposals
                .route()
                .filter(route -> route.source().manifest().kind().equals(Kind.VIRTUAL_SERVICE));
    }

    private static Optional<String> twice(String duration) {
        Matcher parts = DURATION.matcher(duration);
        return parts.matches()
                ? Optional.of("%d%s".formatted(2 * Long.parseLong(parts.group(1)), parts.group(2)))
                : Optional.empty();
    }
}
