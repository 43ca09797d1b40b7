package io.meshwright.trace.stage;

import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.Cors;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.route.Fault;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.Redirect;
import io.meshwright.mesh.route.Rewrite;
import io.meshwright.mesh.route.RouteEntry;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.trace.answer.DeliveryTarget;
import io.meshwright.trace.answer.Handling;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.Retries;
import io.meshwright.trace.answer.Verdict.Answered;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Acts as a route says, in the order of Envoy's filters: fault, CORS, then redirect, direct answer or destinations. */
final class ActionStage {
    private static final int MOVED = 301;

    private final Mesh mesh;
    private final ClusterStage clusters;
    private final HeaderStage headers;

    ActionStage(Mesh mesh, ClusterStage clusters, HeaderStage headers) {
        this.mesh = mesh;
        this.clusters = clusters;
        this.headers = headers;
    }

    /** A part of a route's requests. */
    private record Way(double part, String label, Function<PathRecorder, Path> rest) {}

    Path take(PathRecorder recorder, Pod proxy, RouteEntry entry, int port, Arrival arrival) {
        HttpRoute route = entry.route();
        recorder.step("route %s".formatted(route.name().isEmpty() ? "without a name" : route.name()), entry.source());
        Fault fault = route.fault();
        if (fault.delayed() > 0) {
            recorder.step(
                    "%s of the requests are delayed by %s, before any timeout begins"
                            .formatted(
                                    DeliveryTarget.percent(fault.delayed()),
                                    fault.length().orElseThrow()),
                    route.field("fault/delay"));
        }
        double aborted = fault.aborted();
        List<Way> ways = new ArrayList<>();
        if (aborted > 0) {
            ways.add(new Way(aborted, "aborted", rest -> aborted(rest, route)));
        }
        if (aborted < 1) {
            ways.add(new Way(1 - aborted, "not aborted", rest -> cors(rest, proxy, entry, port, arrival)));
        }
        return recorder.fork(ways, Way::part, Way::label, Way::rest);
    }

    private static Path aborted(PathRecorder recorder, HttpRoute route) {
        begin(recorder);
        recorder.step("a fault is injected before CORS is looked at and anything is sent", route.field("fault/abort"));
        Fault fault = route.fault();
        return recorder.end(new Answered(
                fault.status(),
                "FI",
                fault.grpcStatus()
                        .map("an injected fault of gRPC, grpc-status %s"::formatted)
                        .orElse("an injected fault")));
    }

    /** The first step of a branch needs a hop of its own to stand under. */
    private static void begin(PathRecorder recorder) {
        if (recorder.isEmpty()) {
            recorder.at("the same proxy");
        }
    }

    private Path cors(PathRecorder recorder, Pod proxy, RouteEntry entry, int port, Arrival arrival) {
        begin(recorder);
        HttpRoute route = entry.route();
        Optional<Cors> cors = route.cors(mesh.version(proxy));
        String origin = arrival.http().header("origin").orElse("");
        boolean admitted = cors.isPresent() && !origin.isEmpty() && cors.get().admits(origin);
        HttpRequest onward = Rewrite.of(entry, arrival.http());
        SortedMap<String, String> answered = route.responseHeaders();
        recorder.handled(new Handling(
                Optional.of(entry),
                timeout(route),
                Retries.of(route.body().path("retries"), mesh.config(), mesh.version(proxy)),
                cors.isPresent(),
                admitted ? Optional.of(origin) : Optional.empty(),
                onward.authority(),
                onward.path(),
                mirrors(route),
                HeaderStage.changes(entry, arrival.http()),
                answered));
        answers(recorder, route, answered);
        if (cors.isPresent() && !origin.isEmpty()) {
            recorder.step(
                    "CORS: origin %s is %s".formatted(origin, admitted ? "allowed" : "not allowed"),
                    route.field("corsPolicy"));
        }
        if (arrival.http().isPreflight()
                && cors.isPresent()
                && (admitted || cors.get().ignoresUnmatched())) {
            return recorder.end(new Answered(
                    200,
                    "",
                    admitted
                            ? Preflight.answer(cors.get(), arrival.http(), origin)
                            : "the preflight is answered without an allow-origin header"));
        }
        return act(recorder, proxy, entry, port, arrival, onward);
    }

    private static void answers(PathRecorder recorder, HttpRoute route, SortedMap<String, String> headers) {
        if (!headers.isEmpty()) {
            recorder.step(
                    headers.entrySet().stream()
                            .map(header -> "%s: %s".formatted(header.getKey(), header.getValue()))
                            .collect(Collectors.joining(", ", "answers get ", "")),
                    route.field("headers/response"));
        }
    }

    private static Optional<String> timeout(HttpRoute route) {
        return Fields.text(route.body().path("timeout"))
                .filter(timeout -> !timeout.matches("0+(\\.0+)?(ns|us|ms|s|m|h)"));
    }

    /**
     * A route of the Gateway API loses the mirrors that lead to no service, whoever may see it (createMirrorFilter).
     */
    private List<String> mirrors(HttpRoute route) {
        return route.mirrors().stream()
                .filter(mirror -> !mirror.destination().isOfGatewayApi()
                        || !mesh.services().of(mirror.destination().host()).isEmpty())
                .map(mirror -> mirror.part() < 1
                        ? "%s (%s)".formatted(label(mirror.destination()), DeliveryTarget.percent(mirror.part()))
                        : label(mirror.destination()))
                .toList();
    }

    private Path act(
            PathRecorder recorder, Pod proxy, RouteEntry entry, int port, Arrival arrival, HttpRequest onward) {
        HttpRoute route = entry.route();
        if (route.isRedirect()) {
            recorder.step("the route redirects", route.field("redirect"));
            return recorder.end(new Answered(
                    route.body().at("/redirect/redirectCode").asInt(MOVED),
                    "",
                    "redirected to %s".formatted(Redirect.of(entry, arrival.http(), port, mesh.version(proxy)))));
        }
        if (route.isDirectResponse()) {
            recorder.step("the route answers itself", route.field("directResponse"));
            return recorder.end(new Answered(route.directStatus(mesh.version(proxy)), "", "answered by the route"));
        }
        if (!onward.authority().equals(arrival.http().authority())
                || !onward.path().equals(arrival.http().path())) {
            recorder.step("rewritten to %s%s".formatted(onward.authority(), onward.path()), route.field("rewrite"));
        }
        describe(recorder, proxy, route);
        headers.describe(recorder, entry, arrival.http());
        List<HttpRoute.Share> shares = route.shares();
        if (shares.isEmpty()) {
            return recorder.end(new Answered(404, "NR", "the route leads nowhere"));
        }
        return recorder.fork(
                shares,
                HttpRoute.Share::part,
                share -> label(share.destination()),
                share -> rest -> clusters.enter(
                        rest,
                        proxy,
                        share.destination(),
                        port,
                        HeaderStage.changed(entry, share.destination(), arrival)));
    }

    private void describe(PathRecorder recorder, Pod proxy, HttpRoute route) {
        recorder.step(timeout(route).map("times out after %s"::formatted).orElse("no timeout"), route.field("timeout"));
        recorder.step(
                Retries.of(route.body().path("retries"), mesh.config(), mesh.version(proxy))
                        .toString(),
                route.field("retries"));
        mirrors(route).forEach(mirror -> recorder.step("copies go to %s".formatted(mirror), route.source()));
    }

    static String label(Destination destination) {
        return "%s%s"
                .formatted(
                        destination.host(),
                        destination.subset().map(" subset %s"::formatted).orElse(""));
    }

    /** A service at its waypoint that no VirtualService has a say over. */
    Path inbound(PathRecorder recorder, Pod waypoint, ServicePort port, Arrival arrival) {
        Retries retries = Retries.inbound(mesh.version(waypoint));
        recorder.step("no VirtualService has a say, so the service is called as it is", List.<Source>of());
        recorder.step(retries.toString(), List.<Source>of());
        recorder.handled(new Handling(
                Optional.empty(),
                Optional.empty(),
                retries,
                false,
                Optional.empty(),
                arrival.http().authority(),
                arrival.http().path(),
                List.of(),
                List.of(),
                Collections.emptySortedMap()));
        return clusters.service(recorder, waypoint, waypoint.serving().orElseThrow(), port, Optional.empty(), arrival);
    }

    /** A service that no VirtualService has a say over. */
    Path direct(PathRecorder recorder, Pod client, Service service, ServicePort port, Arrival arrival) {
        Retries retries = Retries.of(mesh.config().defaultRetries().path("none"), mesh.config(), mesh.version(client));
        recorder.step("no VirtualService has a say, so the service is called as it is", List.<Source>of());
        recorder.step(retries.toString(), List.<Source>of());
        recorder.handled(new Handling(
                Optional.empty(),
                Optional.empty(),
                retries,
                false,
                Optional.empty(),
                arrival.http().authority(),
                arrival.http().path(),
                List.of(),
                List.of(),
                Collections.emptySortedMap()));
        return clusters.service(recorder, client, service, port, Optional.empty(), arrival);
    }
}
