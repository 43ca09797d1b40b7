package io.meshwright.check.rule.resilience;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.RouteTimes;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.Fault;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A fault happens, and no retry or timeout of its own route is written against it: Envoy injects it before the router,
 * which alone tries again and watches the time (istio/istio#13705).
 */
@AutoService(Inspection.class)
public final class FaultsBesideNoTries implements Check {
    public static final Rule FAULT_BEFORE_TRIES = Rule.warning("MESH402", "fault_before_tries")
            .title("Retries or a timeout stand beside a fault that they never see")
            .consequence(
                    "A proxy injects the fault before it sends anything: what it aborts is not tried again, and what it delays is not cut off.")
            .remedy(
                    "Inject the fault on the other side, as an EnvoyFilter for the server's inbound listener does, and leave retries and timeout to the route.");

    public static final Rule FAULT_WITHOUT_SHARE = Rule.warning("MESH403", "fault_without_share")
            .title("A fault does not say which part of the requests it is for")
            .consequence("It is injected into none.")
            .remedy("Set percentage.value, 100 for all requests; 0 switches a fault off.");

    private static final Set<String> OF_GRPC =
            Set.of("cancelled", "deadline-exceeded", "internal", "resource-exhausted", "unavailable");

    @Override
    public List<Rule> rules() {
        return List.of(FAULT_BEFORE_TRIES, FAULT_WITHOUT_SHARE);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.virtualServices().all().stream()
                .filter(service -> !service.isDelegate())
                .flatMap(service -> mesh.virtualServices().routes(service).stream())
                .flatMap(route -> Stream.of(
                                untried(route, mesh.version()),
                                uncut(route),
                                unshared(route, "abort", "percentage"),
                                unshared(route, "delay", "percentage", "percent"))
                        .flatMap(Optional::stream))
                .distinct();
    }

    private static Optional<Finding> untried(HttpRoute route, IstioVersion version) {
        double part = route.fault().aborted();
        int attempts = RouteTimes.attempts(route);
        boolean every = part == 1;
        return part == 0 || attempts == 0
                ? Optional.empty()
                : Optional.of(FAULT_BEFORE_TRIES
                        .at(
                                fault(route).at("/abort"),
                                "%s aborted before %s sent, and not tried again"
                                        .formatted(
                                                every ? "every request is" : "a part of the requests is",
                                                every ? "anything is" : "it is"))
                        .as(every || isFailure(route, version) ? Severity.WARNING : Severity.INFO));
    }

    /** Retries that take the status of an abort for a failure are there for the sake of such answers. */
    private static boolean isFailure(HttpRoute route, IstioVersion version) {
        int status = route.fault().status();
        String word =
                route.fault().grpcStatus().orElse("").toLowerCase(Locale.ROOT).replace('_', '-');
        String usual = version.retriesOn503() ? "unavailable,cancelled,503" : "unavailable,cancelled";
        return Stream.of(Fields.text(route.body().at("/retries/retryOn"))
                        .orElse(usual)
                        .split(","))
                .map(String::strip)
                .anyMatch(on -> switch (on) {
                    case "5xx" -> status >= 500;
                    case "gateway-error" -> status >= 502 && status <= 504;
                    case "retriable-4xx" -> status == 409;
                    default -> on.equals(Integer.toString(status)) || OF_GRPC.contains(on) && on.equals(word);
                });
    }

    /** A delay that is no shorter than what is to bound it is written to see the bound. */
    private static Optional<Finding> uncut(HttpRoute route) {
        Fault fault = route.fault();
        long length = RouteTimes.millis(fault.delay().path("fixedDelay"));
        return fault.delayed() == 0
                ? Optional.empty()
                : Stream.of("timeout", "perTryTimeout")
                        .filter(bound -> bound(route, bound) > 0 && bound(route, bound) <= length)
                        .findFirst()
                        .map(bound -> FAULT_BEFORE_TRIES.at(
                                fault(route).at("/delay"),
                                "%s begins when the delay of %s is over, so no request is cut off for it"
                                        .formatted(bound, fault.length().orElseThrow())));
    }

    private static long bound(HttpRoute route, String name) {
        boolean whole = name.equals("timeout");
        return whole || RouteTimes.attempts(route) > 0
                ? RouteTimes.millis(route.body().at(whole ? "/timeout" : "/retries/perTryTimeout"))
                : 0;
    }

    /** A zero that somebody wrote switches it off. */
    private static Optional<Finding> unshared(HttpRoute route, String kind, String... fields) {
        JsonNode fault = route.body().path("fault").path(kind);
        return !fault.isObject()
                        || Stream.of(fields)
                                .anyMatch(field -> fault.path(field).has("value")
                                        || fault.path(field).isNumber())
                ? Optional.empty()
                : Optional.of(FAULT_WITHOUT_SHARE.at(
                        fault(route).at("/".concat(kind)),
                        "the %s names no percentage, so it is injected into no request".formatted(kind)));
    }

    /** A delegate's route may have it from its root. */
    private static Source fault(HttpRoute route) {
        return Stream.concat(Stream.of(route.source()), route.root().stream())
                .filter(source -> source.value().has("fault"))
                .findFirst()
                .orElse(route.source())
                .at("/fault");
    }
}
