package io.meshwright.construct.traffic;

import imports.io.istio.networking.VirtualServiceSpecHttp;
import imports.io.istio.networking.VirtualServiceSpecHttpCorsPolicy;
import imports.io.istio.networking.VirtualServiceSpecHttpMirrors;
import imports.io.istio.networking.VirtualServiceSpecHttpMirrorsDestination;
import imports.io.istio.networking.VirtualServiceSpecHttpMirrorsDestinationPort;
import imports.io.istio.networking.VirtualServiceSpecHttpMirrorsPercentage;
import imports.io.istio.networking.VirtualServiceSpecHttpRetries;
import imports.io.istio.networking.VirtualServiceSpecHttpRoute;
import imports.io.istio.networking.VirtualServiceSpecHttpRouteDestination;
import imports.io.istio.networking.VirtualServiceSpecHttpRouteDestinationPort;
import imports.io.istio.networking.VirtualServiceSpecHttpRouteHeaders;
import imports.io.istio.networking.VirtualServiceSpecHttpRouteHeadersResponse;
import io.meshwright.value.Duration;
import io.meshwright.value.traffic.Retries;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table's routes as Istio writes them; nothing else renders routes. */
final class HttpRoutes {
    private HttpRoutes() {}

    static List<VirtualServiceSpecHttp> of(RouteTable table) {
        VirtualServiceSpecHttpCorsPolicy cors =
                table.cors().map(CorsPolicies::of).orElse(null);
        return table.rules().stream().map(rule -> route(rule, cors)).toList();
    }

    private static VirtualServiceSpecHttp route(RouteRule rule, @Nullable VirtualServiceSpecHttpCorsPolicy cors) {
        VirtualServiceSpecHttp.Builder http = VirtualServiceSpecHttp.builder()
                .name(rule.name())
                .match(HttpMatches.of(rule))
                // No page may read what is refused, and Envoy leaves the policy of such a route out anyway.
                .corsPolicy(
                        rule.rank() == RouteRule.Rank.REFUSAL || rule.rank() == RouteRule.Rank.MAINTENANCE
                                ? null
                                : cors)
                .headers(RouteActions.headers(rule.route().allHeaders()))
                .redirect(RouteActions.redirect(rule.route().redirect()))
                .directResponse(RouteActions.respond(rule.route().respond()));
        if (!rule.route().isAnswered()) {
            http.route(rule.shares().stream()
                            .map(share -> destination(share, rule.shares().size() > 1))
                            .toList())
                    .mirrors(
                            rule.copies().isEmpty()
                                    ? null
                                    : rule.copies().stream()
                                            .map(HttpRoutes::mirror)
                                            .toList())
                    .rewrite(RouteActions.rewrite(rule.route()))
                    .fault(RouteActions.fault(rule.route().fault()))
                    .timeout(time(rule.timeout()))
                    .retries(retries(rule));
        }
        return http.build();
    }

    private static VirtualServiceSpecHttpRoute destination(Share share, boolean several) {
        return VirtualServiceSpecHttpRoute.builder()
                .destination(VirtualServiceSpecHttpRouteDestination.builder()
                        .host(share.backend().host().toString())
                        .port(VirtualServiceSpecHttpRouteDestinationPort.builder()
                                .number(share.backend().port().value())
                                .build())
                        .subset(share.subset().orElse(null))
                        .build())
                .weight(several ? share.weight().value() : null)
                .headers(share.cookie().map(HttpRoutes::cookie).orElse(null))
                .build();
    }

    private static VirtualServiceSpecHttpRouteHeaders cookie(String value) {
        return VirtualServiceSpecHttpRouteHeaders.builder()
                .response(VirtualServiceSpecHttpRouteHeadersResponse.builder()
                        .add(Map.of("set-cookie", value))
                        .build())
                .build();
    }

    private static VirtualServiceSpecHttpMirrors mirror(Copies copies) {
        return VirtualServiceSpecHttpMirrors.builder()
                .destination(VirtualServiceSpecHttpMirrorsDestination.builder()
                        .host(copies.backend().host().toString())
                        .port(VirtualServiceSpecHttpMirrorsDestinationPort.builder()
                                .number(copies.backend().port().value())
                                .build())
                        .subset(copies.subset().orElse(null))
                        .build())
                .percentage(VirtualServiceSpecHttpMirrorsPercentage.builder()
                        .value(copies.percent().value())
                        .build())
                .build();
    }

    // The CRD admits no timeout below 1ms: "no limit" is its absence, which is also Istio's default.
    private static @Nullable String time(Duration timeout) {
        return timeout.isZero() ? null : timeout.toString();
    }

    // Never left out: Istio's own default retries 503 up to 1.23 and not from 1.24 on. Attempts of 0 admit nothing
    // beside.
    private static VirtualServiceSpecHttpRetries retries(RouteRule rule) {
        Retries retries = rule.retries();
        if (retries.isNone()) {
            return VirtualServiceSpecHttpRetries.builder().attempts(0).build();
        }
        return VirtualServiceSpecHttpRetries.builder()
                .attempts(retries.attempts())
                .perTryTimeout(
                        retries.perTry(rule.timeout()).map(Duration::toString).orElse(null))
                .retryOn(retries.retryOn().stream().map(Retries.Condition::word).collect(Collectors.joining(",")))
                .build();
    }
}
