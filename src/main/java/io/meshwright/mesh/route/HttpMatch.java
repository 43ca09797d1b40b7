package io.meshwright.mesh.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.terms.ClaimPath;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.StringMatch;
import io.meshwright.mesh.terms.StringMatch.Type;
import io.meshwright.mesh.workload.Selector;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One match of an HTTP route: all of its fields must fit (pilot/pkg/networking/core/route, TranslateRouteMatch); names
 * mean {@code namespace}.
 */
public record HttpMatch(Source source, JsonNode body, String namespace) {
    static HttpMatch of(Source source, String namespace) {
        return new HttpMatch(source, source.value(), namespace);
    }

    /** True if a gateway reads this match at all, for a server of that port number. */
    public boolean countsAt(String gateway, int port) {
        List<String> gateways = gateways();
        // Where gateways are named, Istio does not look at the source's labels and namespace.
        boolean here = gateways.isEmpty()
                ? Fields.strings(body.path("sourceLabels")).isEmpty()
                        && body.path("sourceNamespace").asText("").isEmpty()
                : gateways.contains(gateway);
        return here && fitsPort(port);
    }

    /** True if the sidecar of such a client reads this match at all, for calls to that port. */
    public boolean countsFor(String clientNamespace, Map<String, String> clientLabels, int port) {
        List<String> gateways = gateways();
        if (!gateways.isEmpty()) {
            return gateways.contains(VirtualService.MESH) && fitsPort(port);
        }
        String wanted = body.path("sourceNamespace").asText("");
        return Selector.labels(body.path("sourceLabels")).selects(clientLabels)
                && (wanted.isEmpty() || wanted.equals(clientNamespace))
                && fitsPort(port);
    }

    /** True if it asks for that header, named in small letters. */
    public boolean asks(String header) {
        return Stream.of("headers", "withoutHeaders")
                .flatMap(list -> Fields.entries(body.path(list)).stream())
                .anyMatch(entry -> entry.getKey().toLowerCase(Locale.ROOT).equals(header));
    }

    /** True if sidecars may read this match, whoever calls which port. */
    boolean isOnMesh() {
        List<String> gateways = gateways();
        return gateways.isEmpty() || gateways.contains(VirtualService.MESH);
    }

    /** True if one sidecar may read both matches for calls to one port. */
    boolean meets(HttpMatch other) {
        return isOnMesh()
                && other.isOnMesh()
                && agree(Fields.number(body.path("port")), Fields.number(other.body.path("port")), 0)
                && agree(Fields.text(body.path("sourceNamespace")), Fields.text(other.body.path("sourceNamespace")), "")
                && Selector.labels(body.path("sourceLabels"))
                        .compatible(Selector.labels(other.body.path("sourceLabels")));
    }

    private static <T> boolean agree(Optional<T> one, Optional<T> other, T any) {
        Optional<T> wanted = one.filter(value -> !value.equals(any));
        return wanted.isEmpty()
                || other.filter(value -> !value.equals(any))
                        .map(wanted.get()::equals)
                        .orElse(true);
    }

    /** True if a waypoint of that namespace reads this match; it never knows the labels of callers. */
    public boolean countsAtWaypoint(String namespaceOfWaypoint, int port) {
        return Fields.strings(body.path("sourceLabels")).isEmpty() && countsFor(namespaceOfWaypoint, Map.of(), port);
    }

    private List<String> gateways() {
        return Fields.texts(body.path("gateways")).stream()
                .map(name -> VirtualService.gateway(name, namespace))
                .toList();
    }

    private boolean fitsPort(int port) {
        return Fields.number(body.path("port"))
                .map(wanted -> wanted == 0 || wanted == port)
                .orElse(true);
    }

    /** True if a request fits; where the match counts is asked elsewhere. */
    public boolean fits(HttpRequest request, IstioVersion version) {
        return fitsPath(request.path())
                && fits("method", request.method())
                && fits("scheme", request.scheme())
                && fits("authority", request.authority())
                && all("headers", (name, match) -> fitsHeader(name, match, request))
                && all("withoutHeaders", (name, match) -> fitsWithout(name, match, request, version))
                && all(
                        "queryParams",
                        (name, match) -> fitsPresent(
                                match, Optional.ofNullable(request.parameters().get(name))));
    }

    /** True if a path fits; what else the match asks for is another matter. */
    boolean fitsPath(String path) {
        if (!body.path("uri").isObject()) {
            return true;
        }
        StringMatch uri = StringMatch.of(body.path("uri"));
        return body.path("ignoreUriCase").asBoolean(false) ? uri.fitsIgnoringCase(path) : uri.fits(path);
    }

    private boolean fits(String field, String value) {
        return !body.path(field).isObject() || StringMatch.of(body.path(field)).fits(value);
    }

    private interface Condition {
        boolean holds(String name, StringMatch match);
    }

    private boolean all(String field, Condition condition) {
        return Fields.entries(body.path(field)).stream()
                .allMatch(entry -> condition.holds(entry.getKey(), StringMatch.of(entry.getValue())));
    }

    private static boolean fitsHeader(String name, StringMatch match, HttpRequest request) {
        return ClaimPath.of(name)
                .map(path ->
                        request.claims().map(claims -> path.fits(claims, match)).orElse(false))
                .orElseGet(() -> fitsPresent(match, header(name, request)));
    }

    private static boolean fitsWithout(String name, StringMatch match, HttpRequest request, IstioVersion version) {
        Optional<ClaimPath> claim = ClaimPath.of(name);
        if (claim.isPresent()) {
            return !request.claims()
                    .map(claims -> claim.get().fits(claims, match))
                    .orElse(false);
        }
        Optional<String> value = header(name, request);
        if (match.isPresence()) {
            return value.isEmpty();
        }
        return value.isEmpty() && !version.treatsMissingHeaderAsEmpty() ? false : !match.fits(value.orElse(""));
    }

    private static boolean fitsPresent(StringMatch match, Optional<String> value) {
        return value.isPresent() && (match.isPresence() || match.fits(value.get()));
    }

    private static Optional<String> header(String name, HttpRequest request) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case ":method" -> Optional.of(request.method());
            case ":path" -> Optional.of(request.path());
            case ":authority", "host" -> Optional.of(request.authority());
            case ":scheme" -> Optional.of(request.scheme());
            default -> request.header(name.toLowerCase(Locale.ROOT));
        };
    }

    /** Takes every path and asks for nothing else, so that istiod sends nothing after it (IsCatchAllRoute). */
    public boolean isCatchAll() {
        StringMatch uri = StringMatch.of(body.path("uri"));
        boolean everyPath = !body.path("uri").isObject()
                || uri.type() == Type.PREFIX && uri.text().equals("/")
                || uri.type() == Type.REGEX && uri.text().equals(".*");
        return everyPath
                && List.of("headers", "withoutHeaders", "queryParams", "method", "scheme", "authority").stream()
                        .allMatch(field -> body.path(field).isEmpty());
    }
}
