package io.meshwright.incident;

import io.meshwright.incident.cause.Cause;
import io.meshwright.incident.cause.Causes;
import io.meshwright.incident.cause.NamedRoute;
import io.meshwright.incident.evidence.Evidence;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.trace.Trace;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.request.Request;
import io.meshwright.value.InvalidValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why a request ended as somebody saw it, as far as manifests tell.
 *
 * @param evidence what was seen
 * @param ways requests that may have left it, and how they end by these manifests; the likeliest first
 * @param explained whether the manifests alone make the first of them end so
 * @param causes what else would, the likeliest first
 */
public record Incident(Evidence evidence, List<Way> ways, boolean explained, List<Cause> causes) {
    private static final int MOST_WAYS = 5;

    /** A request and its trace. */
    public record Way(Request request, Path path) {}

    /** Namespace and name of the workload that called; empty for a client outside, or where it is not known. */
    public Optional<String> caller() {
        return ways.stream()
                .findFirst()
                .map(Way::request)
                .filter(request -> !request.isFromInternet())
                .map(Request::from);
    }

    /** Asks the manifests of one mesh. */
    public static Incident of(Mesh mesh, Evidence evidence) {
        Trace trace = Trace.of(mesh);
        List<Way> ways = new SeenRequest(mesh, evidence)
                .candidates().stream()
                        .flatMap(request -> follow(trace, request))
                        .toList();
        List<Way> fitting = ways.stream()
                .filter(way -> Outcome.fits(way.path().verdict(), evidence))
                .limit(MOST_WAYS)
                .toList();
        List<Way> told = fitting.isEmpty() ? ways.stream().limit(1).toList() : fitting;
        return new Incident(evidence, told, !fitting.isEmpty(), Causes.of(mesh, evidence, route(told)));
    }

    private static Optional<HttpRoute> route(List<Way> ways) {
        return ways.stream()
                .findFirst()
                .flatMap(way -> way.path().handling())
                .flatMap(handling -> handling.route())
                .map(entry -> entry.route());
    }

    /** The route by which it went, as its trace or the name in a log tells. */
    public Optional<HttpRoute> route(Mesh mesh) {
        return route(ways).or(() -> NamedRoute.of(mesh, evidence));
    }

    /** Tells whether a request ends, by its trace, as this one was seen to end. */
    public boolean endsSo(Path path) {
        return Outcome.fits(path.verdict(), evidence);
    }

    private static Stream<Way> follow(Trace trace, Request request) {
        try {
            return Stream.of(new Way(request, trace.follow(request)));
        } catch (InvalidValue nobody) {
            return Stream.empty();
        }
    }
}
