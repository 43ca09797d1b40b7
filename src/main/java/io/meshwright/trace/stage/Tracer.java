package io.meshwright.trace.stage;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.Verdict.Unknown;
import io.meshwright.trace.request.Request;
import io.meshwright.value.InvalidValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Follows a request through the stages, each of which hands on to the next. */
public final class Tracer {
    private static final int MOST_NAMED = 5;

    private final Mesh mesh;
    private final LoadBalancerStage loadBalancer;
    private final ListenerStage listener;
    private final OutboundStage outbound;
    private final WaypointStage waypoints;

    public Tracer(Mesh mesh) {
        this.mesh = mesh;
        NextProxy next = new LaterStages();
        ExtensionStage extensions = new ExtensionStage(mesh);
        HeaderStage headers = new HeaderStage(mesh);
        FilterStage filters = new FilterStage(mesh, extensions, headers);
        NetworkStage network = new NetworkStage(mesh, filters, next);
        ClusterStage clusters = new ClusterStage(mesh, network, next);
        RouteStage routes = new RouteStage(mesh, clusters, extensions, headers);
        ConnectionStage connections = new ConnectionStage(mesh, filters, clusters);
        this.waypoints = new WaypointStage(mesh, filters, routes, connections, network);
        this.listener = new ListenerStage(mesh, filters, routes, connections);
        this.loadBalancer = new LoadBalancerStage(mesh, listener);
        this.outbound = new OutboundStage(mesh, extensions, routes, connections, clusters, network);
    }

    /** The stages that are made last, for those that hand back to them. */
    private final class LaterStages implements NextProxy {
        @Override
        public Path gateway(PathRecorder recorder, Pod gateway, int port, Arrival arrival) {
            return listener.enter(recorder, gateway, port, arrival);
        }

        @Override
        public Path waypoint(PathRecorder recorder, Pod client, Pod waypoint, ServicePort port, Arrival arrival) {
            return waypoints.enter(recorder, client, waypoint, port, arrival);
        }

        @Override
        public Path waypoint(
                PathRecorder recorder, NetworkStage.Connection connection, Pod waypoint, Pod pod, Arrival arrival) {
            return waypoints.direct(recorder, connection, waypoint, pod, arrival);
        }
    }

    /**
     * The whole path of a request.
     *
     * @throws InvalidValue when nobody here is called as its sender is
     */
    public Path follow(Request request) {
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
}
