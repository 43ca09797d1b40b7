package io.meshwright.mesh.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.Age;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One HTTP route; {@code owner} is the VirtualService whose namespace its short names mean, {@code body} what counts in
 * the end, {@code matches} are empty when it takes every request, {@code root} is the route that delegated to it.
 */
public record HttpRoute(
        VirtualService owner, Source source, JsonNode body, List<HttpMatch> matches, Optional<Source> root) {
    /** Marks a direct response that stands for an empty list of backends. */
    public static final String NO_BACKENDS = "noBackends";

    private static final double ALL = 100;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final Map<String, String> API_FIELDS =
            Map.of("timeout", "/timeouts", "retries", "/retry", "directResponse", "/backendRefs");

    /** A destination and the part of the route's requests that goes there, between 0 and 1. */
    public record Share(Destination destination, double part) {}

    /** A route as it is written. */
    static HttpRoute of(VirtualService owner, Source source) {
        JsonNode body = source.value();
        List<HttpMatch> matches = new ArrayList<>();
        for (int index = 0; index < body.path("match").size(); index++) {
            matches.add(
                    HttpMatch.of(source.item("match", index), owner.manifest().home()));
        }
        return new HttpRoute(owner, source, body, List.copyOf(matches), Optional.empty());
    }

    /** Destinations to which its traffic may go, with the weights as written. */
    public List<Destination> destinations() {
        List<Destination> destinations = new ArrayList<>();
        for (int index = 0; index < body.path("route").size(); index++) {
            JsonNode entry = body.path("route").path(index);
            destinations.add(Destination.of(
                            entry.path("destination"),
                            Fields.number(entry.path("weight")).orElse(0),
                            isOfIngress()
                                    ? source.at("/backend")
                                    : source.item(isOfGatewayApi() ? "backendRefs" : "route", index),
                            owner.manifest().home())
                    .with(HeaderChanges.of(entry)));
        }
        return destinations;
    }

    /**
     * Destinations of its traffic: a single destination takes all whatever its weight, and one of weight 0 among
     * several takes nothing.
     */
    public List<Share> shares() {
        return shares(destinations());
    }

    static List<Share> shares(List<Destination> destinations) {
        if (destinations.size() == 1) {
            return List.of(new Share(destinations.get(0), 1));
        }
        double total = destinations.stream().mapToInt(Destination::weight).sum();
        return destinations.stream()
                .filter(destination -> destination.weight() > 0)
                .map(destination -> new Share(destination, destination.weight() / total))
                .toList();
    }

    boolean hasOneDestination() {
        return body.path("route").size() == 1;
    }

    /** Destinations of copies of its traffic, and the part of its requests that is copied there. */
    public List<Share> mirrors() {
        List<Share> mirrors = new ArrayList<>();
        if (body.path("mirror").isObject()) {
            add(mirrors, body.path("mirror"), body.path("mirrorPercentage"), source.at("/mirror"));
        }
        for (int index = 0; index < body.path("mirrors").size(); index++) {
            JsonNode policy = body.path("mirrors").path(index);
            add(
                    mirrors,
                    policy.path("destination"),
                    policy.path("percentage"),
                    isOfGatewayApi() ? source.at("/filters") : source.item("mirrors", index));
        }
        return mirrors;
    }

    /** Nothing is copied where zero per cent are, as an object without a value says too (MirrorPercent in route.go). */
    private void add(List<Share> mirrors, JsonNode destination, JsonNode percentage, Source place) {
        double percent = percentage.isObject() ? percentage.path("value").asDouble(0) : ALL;
        if (percent > 0) {
            mirrors.add(new Share(
                    Destination.of(destination, 0, place, owner.manifest().home()), Math.min(percent, ALL) / ALL));
        }
    }

    /** The delegate that it hands over to, as {@code namespace/name}. */
    public Optional<String> delegate() {
        JsonNode delegate = body.path("delegate");
        return Fields.text(delegate.path("name"))
                .map(name -> "%s/%s"
                        .formatted(
                                Fields.text(delegate.path("namespace"))
                                        .orElse(owner.manifest().home()),
                                name));
    }

    /** True if it comes from an HTTPRoute or GRPCRoute. */
    public boolean isOfGatewayApi() {
        return source.manifest().kind().isOfGatewayApi();
    }

    /** True if a request fits one of its matches; where they count is asked elsewhere. */
    public boolean fits(HttpRequest request, IstioVersion version) {
        return matches.isEmpty() || matches.stream().anyMatch(match -> match.fits(request, version));
    }

    private boolean isOfIngress() {
        return source.manifest().kind().equals(Kind.INGRESS);
    }

    /** Place at which one of its fields, such as {@code timeout} or {@code fault/delay}, is written. */
    public Source field(String name) {
        if (isOfIngress()) {
            return source;
        }
        if (!isOfGatewayApi()) {
            return source.at("/".concat(name));
        }
        return source.at(API_FIELDS.getOrDefault(name, "/filters"));
    }

    /** True if nothing but the age of the two, which manifests do not tell, says which of them goes first. */
    public boolean tiesWith(HttpRoute other) {
        Manifest own = source.manifest();
        Manifest others = other.source.manifest();
        if (own == others) {
            return false;
        }
        return isOfGatewayApi()
                ? RoutePrecedence.OF_GATEWAY_API.compare(this, other) == 0 && !Age.isTold(own, others)
                : isOfIngress()
                        && other.isOfIngress()
                        && RoutePrecedence.OF_INGRESSES.compare(this, other) == 0
                        && !Age.isWritten(own, others);
    }

    public Fault fault() {
        return Fault.of(body);
    }

    public boolean isRedirect() {
        return body.path("redirect").isObject();
    }

    public boolean isDirectResponse() {
        return body.path("directResponse").isObject();
    }

    /** The status of its direct response; since 1.30 a route of the Gateway API that names no backend answers 404. */
    public int directStatus(IstioVersion version) {
        JsonNode response = body.path("directResponse");
        return response.path(NO_BACKENDS).asBoolean(false) && version.findsNothingWithoutBackends()
                ? NOT_FOUND
                : response.path("status").asInt(OK);
    }

    /** Its CORS policy; a redirect or direct response has none, because Envoy's filter leaves such routes alone. */
    public Optional<Cors> cors(IstioVersion version) {
        boolean routed = !isRedirect() && !isDirectResponse();
        return routed && body.path("corsPolicy").isObject()
                ? Optional.of(Cors.of(body.path("corsPolicy"), version))
                : Optional.empty();
    }

    /**
     * The values that it and its only destination set and add to the headers of answers, by their names in small
     * letters.
     */
    public SortedMap<String, String> responseHeaders() {
        SortedMap<String, String> headers = new TreeMap<>();
        answered(headers, body);
        if (hasOneDestination()) {
            answered(headers, body.at("/route/0"));
        }
        return headers;
    }

    private static void answered(SortedMap<String, String> headers, JsonNode holder) {
        JsonNode response = holder.at("/headers/response");
        Fields.strings(response.path("add")).forEach((name, value) -> headers.put(lower(name), value));
        Fields.strings(response.path("set")).forEach((name, value) -> headers.put(lower(name), value));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The name, or an empty text. */
    public String name() {
        return body.path("name").asText("");
    }
}
