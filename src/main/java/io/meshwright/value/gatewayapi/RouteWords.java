package io.meshwright.value.gatewayapi;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.traffic.HeaderOperations;
import io.meshwright.value.traffic.Redirect;
import io.meshwright.value.traffic.Rewrite;
import io.meshwright.value.traffic.Route;
import io.meshwright.value.traffic.RoutePath;
import io.meshwright.value.traffic.TextMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One route as a rule of an HTTPRoute of the standard channel. */
public final class RouteWords {
    // gateway-api, HTTPRoute, rules[].filters[].requestHeaderModifier.set: maxItems.
    private static final int MOST_HEADERS = 16;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final Route route;
    private final List<InvalidValue> refusals = new ArrayList<>();

    private RouteWords(Route route) {
        this.route = route;
    }

    /** Everything that an HTTPRoute has no words for, by keys below the route's. */
    public static List<InvalidValue> refusals(Route route) {
        RouteWords words = new RouteWords(route);
        words.match();
        words.answer();
        words.way();
        words.rewrite();
        words.headers("request", route.allHeaders().request());
        words.headers("response", route.allHeaders().response());
        return words.refusals;
    }

    private void match() {
        KeyPath at = KeyPath.of("match");
        refuse(
                !route.match().withoutHeaders().isEmpty(),
                at.key("withoutHeaders"),
                "cannot be said by an HTTPRoute, whose headers must match",
                "name what the header may be in match.headers");
        refuse(
                route.match().readsToken(),
                at.key("claims"),
                "cannot be said by an HTTPRoute, which reads headers",
                "decide by a header");
        empty(at.key("headers"), route.match().headers());
        empty(at.key("queryParams"), route.match().queryParams());
    }

    private void empty(KeyPath at, Map<String, TextMatch> texts) {
        texts.forEach((name, text) -> refuse(
                "".equals(text.exact()) || "".equals(text.prefix()) || "".equals(text.regex()),
                at.key(name),
                "\"\" cannot be said by an HTTPRoute, which compares with one letter at least",
                "ask for a value"));
    }

    private void answer() {
        refuse(
                route.respond() != null,
                KeyPath.of("respond"),
                "cannot be said by an HTTPRoute, which answers nothing itself",
                "let a service answer");
        refuse(
                route.maintenance() != null && route.maintenance().enabled(),
                KeyPath.of("maintenance"),
                "cannot be said by an HTTPRoute, which answers nothing itself",
                "let a service answer");
    }

    private void way() {
        refuse(
                route.fault() != null,
                KeyPath.of("fault"),
                "cannot be said by an HTTPRoute, which fails nothing on purpose",
                "say it in a route for callers in the mesh");
        refuse(
                route.stream() != null,
                KeyPath.of("stream"),
                "has connections of its own by a subset, which an HTTPRoute cannot name",
                "write timeout: 0s and retries: {attempts: 0}");
        refuse(
                route.maxRequestBytes() != null && !route.maxRequestBytes().isNone(),
                KeyPath.of("maxRequestBytes"),
                "is kept by the name that Istio's kinds give a route in Envoy",
                "let the service limit bodies");
    }

    private void rewrite() {
        Rewrite rewrite = route.rewrite();
        if (rewrite == null || rewrite.path() == null) {
            return;
        }
        refuse(
                route.path().isRoot() || route.path().kind() == RoutePath.Kind.REGEX,
                KeyPath.of("rewrite.path"),
                "\"%s\" takes the place of %s in no HTTPRoute"
                        .formatted(rewrite.path(), route.path().isRoot() ? "the root" : "what an expression takes"),
                "give the route a prefix below /, or the service a root path");
    }

    private void headers(String way, HeaderOperations operations) {
        KeyPath at = KeyPath.of("headers").key(way);
        refuse(
                operations.set().size() > MOST_HEADERS
                        || operations.add().size() > MOST_HEADERS
                        || operations.remove().size() > MOST_HEADERS,
                at,
                "change more than %d headers, those for browsers counted, which an HTTPRoute cannot"
                        .formatted(MOST_HEADERS),
                "change fewer");
        refuse(
                operations.set().containsValue("") || operations.add().containsValue(""),
                at,
                "set \"\", which an HTTPRoute cannot",
                "remove the header instead");
    }

    /**
     * A redirect to another scheme, at a port that is not usual: Envoy keeps the port of the Host header where Istio's
     * own kinds say nothing, and leaves it out for HTTPRoutes.
     *
     * @param port of a listener that brings its requests
     * @throws InvalidValue under {@code redirect}
     */
    public static void refuseKeptPort(Route route, int port) {
        Redirect redirect = route.redirect();
        boolean usual = port == HTTP_PORT || port == HTTPS_PORT;
        if (redirect != null && redirect.port() == null && !usual) {
            throw new InvalidValue(
                    "redirect",
                    "says no port, and keeps \"%d\" by Istio's kinds alone".formatted(port),
                    "add redirect.port, or %s".formatted(ListenerWords.OTHER_KINDS));
        }
    }

    private void refuse(boolean wrong, KeyPath at, String problem, String remedy) {
        if (wrong) {
            refusals.add(new InvalidValue(at, problem, "%s, or %s".formatted(remedy, ListenerWords.OTHER_KINDS)));
        }
    }
}
