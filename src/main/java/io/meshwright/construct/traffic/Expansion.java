package io.meshwright.construct.traffic;

import io.meshwright.value.Duration;
import io.meshwright.value.HttpMethod;
import io.meshwright.value.security.DotSegments;
import io.meshwright.value.traffic.ManagementPath;
import io.meshwright.value.traffic.Mirror;
import io.meshwright.value.traffic.Respond;
import io.meshwright.value.traffic.Retries;
import io.meshwright.value.traffic.Route;
import io.meshwright.value.traffic.RouteMatch;
import io.meshwright.value.traffic.RoutePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes of a service's claim the routes that it takes: one per variation of its release and per way of retrying. */
final class Expansion {
    private static final int FORBIDDEN = 403;
    private final Claim claim;

    private Expansion(Claim claim) {
        this.claim = claim;
    }

    static List<RouteRule> of(Claim claim) {
        Expansion expansion = new Expansion(claim);
        if (claim.route().isAnswered()) {
            return List.of(expansion.answered());
        }
        return Variations.of(claim).stream().flatMap(expansion::retried).toList();
    }

    /**
     * The route that a browser's preflight takes where none of the others does: it differs from them only in that no
     * header, token, redirect or fault stands in its way.
     */
    static RouteRule preflight(Claim claim) {
        Route asked = claim.route().plain();
        Variation rest = Variations.of(claim).stream()
                .filter(v -> v.rank() == RouteRule.Rank.REST)
                .findFirst()
                .orElseThrow();
        RouteMatch options = RouteMatch.everything().withMethods(List.of(HttpMethod.OPTIONS));
        return new RouteRule(
                name(claim, "preflight"),
                claim.backend(),
                RouteRule.Rank.PREFLIGHT,
                asked,
                options,
                rest.shares(),
                List.of(),
                claim.timeout(),
                Retries.none(),
                rest.managed());
    }

    /** The route that keeps requests for management endpoints from every route of a host. */
    static RouteRule withoutActuators(Claim claim) {
        return refused("actuator-refused", claim, ManagementPath.regex());
    }

    /** The route that keeps paths from every route of a host that may mean another path to servers than to policies. */
    static RouteRule withoutDotSegments(Claim claim) {
        return refused("dot-segments-refused", claim, DotSegments.regex());
    }

    private static RouteRule refused(String name, Claim claim, String regex) {
        Route refused = Route.builder()
                .host(claim.route().host())
                .regex(regex)
                .respond(Respond.status(FORBIDDEN))
                .build();
        return new RouteRule(
                name,
                claim.backend(),
                RouteRule.Rank.REFUSAL,
                refused,
                RouteMatch.everything(),
                List.of(),
                List.of(),
                new Duration(0),
                Retries.none(),
                false);
    }

    /** A rule for every request of a host, whoever claims it. */
    static RouteRule everything(Claim claim) {
        return new Expansion(Claim.of(claim.backend(), Route.of(claim.route().host()))).answered();
    }

    private RouteRule answered() {
        return new RouteRule(
                name(claim, ""),
                claim.backend(),
                RouteRule.Rank.REST,
                claim.route(),
                claim.route().match(),
                List.of(),
                List.of(),
                new Duration(0),
                Retries.none(),
                false);
    }

    private Stream<RouteRule> retried(Variation variation) {
        RouteMatch own = claim.route().match();
        List<Retries.Part> parts =
                claim.retries().parts(variation.condition().map(own::and).orElse(own));
        return parts.stream()
                .map(part -> rule(
                        variation,
                        part.match(),
                        part.again() ? claim.retries() : Retries.none(),
                        part.again() && parts.size() > 1 ? "safe" : ""));
    }

    private RouteRule rule(Variation variation, RouteMatch match, Retries retries, String suffix) {
        List<Copies> copies = new ArrayList<>(variation.copies().stream().toList());
        Mirror mirror = claim.route().mirror();
        if (mirror != null) {
            claim.mirror().ifPresent(to -> copies.add(new Copies(to, Optional.empty(), mirror.percent())));
        }
        return new RouteRule(
                name(claim, variation.name(), suffix),
                claim.backend(),
                variation.rank(),
                claim.route(),
                match,
                variation.shares(),
                copies,
                claim.timeout(),
                retries,
                variation.managed());
    }

    private static String name(Claim claim, String... suffixes) {
        List<String> parts = new ArrayList<>(List.of(
                claim.backend().service().toString(), words(claim.route().path())));
        Arrays.stream(suffixes).filter(suffix -> !suffix.isEmpty()).forEach(parts::add);
        return String.join("-", parts);
    }

    private static String words(RoutePath path) {
        String words = path.beginning()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String kind =
                path.kind() == RoutePath.Kind.PREFIX ? "" : path.kind().name().toLowerCase(Locale.ROOT);
        return Stream.of(kind, words.isEmpty() ? "root" : words)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("-"));
    }
}
