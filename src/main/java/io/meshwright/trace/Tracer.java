package io.meshwright.trace;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.trace.Verdict.Unknown;
import io.meshwright.value.InvalidValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The stages that a request passes, each of which hands on to the next. */
final class Tracer {
    private static final int MOST_NAMED = 5;

    private final Mesh mesh;
    private final LoadBalancerStage loadBalancer;
    private final ListenerStage listener;
    private final FilterStage filters;
    private final RouteStage routes;
    private final ConnectionStage connections;
    private final ClusterStage clusters;
    private final NetworkStage network;
    private final OutboundStage outbound;
    private final WaypointStage waypoints;

    Tracer(Mesh mesh) {
        this.mesh = mesh;
        this.filters = new FilterStage(mesh);
        this.network = new NetworkStage(mesh, this);
        this.waypoints = new WaypointStage(mesh, this);
        this.clusters = new ClusterStage(mesh, network, waypoints);
        this.routes = new RouteStage(mesh, clusters);
        this.connections = new ConnectionStage(mesh, filters, clusters);
        this.listener = new ListenerStage(mesh, this);
        this.loadBalancer = new LoadBalancerStage(mesh, listener);
        this.outbound = new OutboundStage(mesh, this);
    }

    /**
     * The whole way of a request.
     *
     * @throws InvalidValue when nobody here is called as its sender is
     */
    Path follow(Request request) {
        return request.isFromInternet() ? loadBalancer.enter(request) : inside(request);
    }

    /**
     * Several workloads may run under one service account; they are one caller as long as the same becomes of their
     * requests.
     */
    private Path inside(Request request) {
        List<Path> paths = callers(request.from()).stream()
                .map(caller -> outbound.enter(caller, request))
                .toList();
        Path first = paths.get(0);
        boolean agree = paths.stream().allMatch(path -> path.verdict().equals(first.verdict()));
        return agree
                ? first
                : new Path(
                        first.hops(),
                        first.handlings(),
                        first.branches(),
                        new Unknown(
                                "%s stands for several workloads, which meet different ends".formatted(request.from()),
                                Optional.of(first.verdict())));
    }

    private List<Pod> callers(String name) {
        int slash = name.indexOf('/');
        if (slash > 0) {
            String namespace = name.substring(0, slash);
            String rest = name.substring(slash + 1);
            List<Pod> named = mesh.pods().in(namespace).stream()
                    .filter(pod -> pod.name().equals(rest))
                    .toList();
            List<Pod> found = named.isEmpty() ? mesh.pods().withServiceAccount(namespace, rest) : named;
            if (!found.isEmpty()) {
                return found;
            }
        }
        throw new InvalidValue(
                "from",
                "\"%s\" is no workload and no service account of one".formatted(name),
                "write %s or one such as %s"
                        .formatted(Request.INTERNET, nearest(slash > 0 ? name.substring(0, slash) : "")));
    }

    private String nearest(String namespace) {
        List<Pod> there = mesh.pods().in(namespace).isEmpty()
                ? mesh.pods().all()
                : mesh.pods().in(namespace);
        return there.isEmpty()
                ? "namespace/name"
                : there.stream().map(Pod::toString).distinct().limit(MOST_NAMED).collect(Collectors.joining(", "));
    }

    ListenerStage listener() {
        return listener;
    }

    FilterStage filters() {
        return filters;
    }

    RouteStage routes() {
        return routes;
    }

    ConnectionStage connections() {
        return connections;
    }

    NetworkStage network() {
        return network;
    }

    WaypointStage waypoints() {
        return waypoints;
    }

    ClusterStage clusters() {
        return clusters;
    }
}
