package io.meshwright.trace.stage;

import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.Token;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.route.HttpMatch;
import io.meshwright.mesh.route.Rewrite;
import io.meshwright.mesh.route.RouteEntry;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.Attribute;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes of a request what the next hop sees when a route changes its headers. */
final class HeaderStage {
    private static final String AUTHORIZATION = "authorization";
    private static final String FORWARDED_FOR = "x-forwarded-for";
    /** A constant that may be a JWT, or a value that Envoy works out. */
    private static final Pattern UNREADABLE = Pattern.compile("(?i)bearer \\S+\\.\\S+\\.\\S+|.*[%,].*");

    private final Mesh mesh;
    private final Map<String, Boolean> asked = new ConcurrentHashMap<>();

    HeaderStage(Mesh mesh) {
        this.mesh = mesh;
    }

    /** Tells what the route does to its requests. */
    void describe(PathRecorder recorder, RouteEntry entry, HttpRequest request) {
        List<Destination> destinations = entry.route().destinations();
        Set<String> names = Rewrite.changed(entry, destinations);
        if (names.isEmpty()) {
            return;
        }
        Source place = entry.route().field("headers/request");
        recorder.step("the request goes on with ".concat(String.join(", ", changes(entry, request))), place);
        Rewrite.computed(entry, destinations).stream()
                .filter(this::isAsked)
                .findFirst()
                .ifPresent(name -> recorder.doubt(
                        "the route gives header \"%s\" what Envoy works out, and a rule asks for it".formatted(name),
                        List.of(place)));
        if (names.contains(AUTHORIZATION)
                && destinations.stream()
                        .anyMatch(destination -> Rewrite.of(entry, destination, request)
                                .header(AUTHORIZATION)
                                .filter(value -> UNREADABLE.matcher(value).matches())
                                .isPresent())) {
            recorder.doubt("the route changes the token, and what becomes of it is not known", List.of(place));
        }
    }

    /** The headers that a route changes, for all its destinations or for some: {@code x-team: a}, {@code no x-team}. */
    static List<String> changes(RouteEntry entry, HttpRequest request) {
        List<Destination> destinations = entry.route().destinations();
        if (Rewrite.changed(entry, destinations).isEmpty()) {
            return List.of();
        }
        return destinations.stream()
                .flatMap(destination -> changes(entry, destination, request)
                        .map(change -> destinations.size() == 1
                                ? change
                                : "%s for %s".formatted(change, ActionStage.label(destination))))
                .toList();
    }

    private static Stream<String> changes(RouteEntry entry, Destination destination, HttpRequest request) {
        HttpRequest onward = Rewrite.of(entry, destination, request);
        return Rewrite.changed(entry, List.of(destination)).stream()
                .map(name -> onward.header(name)
                        .map(value -> "%s: %s".formatted(name, value))
                        .orElse("no %s".formatted(name)));
    }

    /** The request as a destination gets it. */
    static Arrival changed(RouteEntry entry, Destination destination, Arrival arrival) {
        HttpRequest onward = Rewrite.of(entry, destination, arrival.http());
        Set<String> names = Rewrite.changed(entry, List.of(destination));
        Arrival changed =
                names.contains(FORWARDED_FOR) ? arrival.at(Attribute.unknown(), Attribute.unknown()) : arrival;
        return (names.contains(AUTHORIZATION) ? changed.withToken(token(arrival)) : changed).with(onward);
    }

    private static Optional<Token> token(Arrival arrival) {
        return arrival.token().filter(token -> !token.isInAuthorization());
    }

    /** The request with the scheme that a proxy writes into it, where somebody asks for that. */
    Arrival schemed(Arrival arrival, boolean keeps) {
        return isAsked(ForwardedProto.HEADER) ? ForwardedProto.written(arrival, keeps) : arrival;
    }

    /** True if a policy or a match of a route names the header. */
    boolean isAsked(String name) {
        return asked.computeIfAbsent(name, this::isNamed);
    }

    private boolean isNamed(String name) {
        boolean ofPolicy = mesh.manifests().kind(Kind.AUTHORIZATION_POLICY).stream()
                .anyMatch(policy ->
                        policy.body().toString().toLowerCase(Locale.ROOT).contains(name));
        return ofPolicy
                || Stream.concat(mesh.virtualServices().all().stream(), mesh.virtualServices().ofGatewayApi().stream())
                        .flatMap(this::matches)
                        .anyMatch(match -> match.asks(name));
    }

    private Stream<HttpMatch> matches(VirtualService service) {
        return mesh.virtualServices().routes(service).stream().flatMap(route -> route.matches().stream());
    }
}
