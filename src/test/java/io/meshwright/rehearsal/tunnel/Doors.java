package io.meshwright.rehearsal.tunnel;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.meshwright.trace.request.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which socket of this machine stands for the way that a request goes first. */
final class Doors {
    private static final String SOMEBODY = "198.51.100.7";
    private static final String EDGE = "198.51.100.250";

    private final Cluster cluster;
    private final Loopback loopback;
    private final Map<String, Map<String, String>> names;

    /** {@code names} are those that proxies resolve, by the proxy's pod. */
    Doors(Cluster cluster, Loopback loopback, Map<String, Map<String, String>> names) {
        this.cluster = cluster;
        this.names = names;
        this.loopback = loopback;
    }

    /** The address that a client outside has, by default one of nobody. */
    static String client(Request request) {
        return request.clientIp().orElse(SOMEBODY);
    }

    /** A gateway's port behind a load balancer or a node; empty where none has the port. */
    Optional<Door> fromOutside(Request request, boolean edge) {
        List<Door> doors = new ArrayList<>();
        for (Service service : cluster.services()) {
            for (ServicePort port : service.getSpec().getPorts()) {
                boolean open = !"ClusterIP".equals(service.getSpec().getType()) && port.getPort() == request.port()
                        || port.getNodePort() != null && port.getNodePort() == request.port();
                for (Pod pod : open ? cluster.selected(service) : List.<Pod>of()) {
                    if (ProxiedPod.of(pod).filter(ProxiedPod::isGateway).isPresent()) {
                        int target = Cluster.target(port, pod);
                        String address = Loopback.pod(pod.getStatus().getPodIP());
                        doors.add(Door.told(
                                address, target, new Door.Meant(edge ? EDGE : client(request), address, target)));
                    }
                }
            }
        }
        return doors.stream().findFirst();
    }

    /** The caller's own sidecar, told where the caller meant to go; empty where that is nobody but the caller. */
    Optional<Door> fromInside(ProxiedPod caller, Request request) {
        String own = Loopback.pod(caller.address());
        // The host of an entry has the address that is written there, whoever says so.
        String captured = names.getOrDefault(caller.toString(), Map.of())
                .getOrDefault(
                        request.host(),
                        cluster.entries().getOrDefault(request.host(), List.of()).stream()
                                .findFirst()
                                .orElse(null));
        boolean service = cluster.service(request.host(), caller.namespace()).isPresent();
        Optional<String> address = captured == null || service
                ? address(request.host(), caller.pod())
                : Optional.of(loopback.moved(captured));
        return address.map(to -> Door.told(own, RelayedListeners.OUTBOUND, new Door.Meant(own, to, request.port())));
    }

    /** From a pod without a proxy: to where kube-proxy leads. */
    Optional<Door> withoutProxy(Pod caller, Request request) {
        String namespace = caller.getMetadata().getNamespace();
        Optional<Service> service = cluster.service(request.host(), namespace);
        if (service.isEmpty()) {
            return address(request.host(), caller).map(to -> Door.direct(to, request.port()));
        }
        return service.get().getSpec().getPorts().stream()
                .filter(port -> port.getPort() == request.port())
                .findFirst()
                .flatMap(port -> cluster.selected(service.get()).stream()
                        .findFirst()
                        .map(pod -> Door.direct(Loopback.pod(pod.getStatus().getPodIP()), Cluster.target(port, pod))));
    }

    /**
     * What DNS says in the cluster; names and addresses outside lie on this machine. A pod that calls its own address
     * passes no proxy, so another one of a headless Service is taken.
     */
    private Optional<String> address(String host, Pod caller) {
        Optional<Service> found = cluster.service(host, caller.getMetadata().getNamespace());
        if (found.isEmpty()) {
            return isOfCluster(host)
                    ? Optional.empty()
                    : Optional.of(host.matches("[0-9.]+") ? loopback.moved(host) : loopback.outside(host));
        }
        Service service = found.get();
        if ("ExternalName".equals(service.getSpec().getType())) {
            return address(service.getSpec().getExternalName(), caller);
        }
        return "None".equals(service.getSpec().getClusterIP())
                ? cluster.selected(service).stream()
                        .filter(pod -> !pod.equals(caller))
                        .findFirst()
                        .map(pod -> Loopback.pod(pod.getStatus().getPodIP()))
                : Optional.of(service.getSpec().getClusterIP());
    }

    /** Whether DNS looks for a name in the cluster, by a namespace of pods. */
    private boolean isOfCluster(String host) {
        return cluster.pods().stream()
                .map(pod -> pod.getMetadata().getNamespace())
                .anyMatch(namespace -> host.matches("[a-z-]+\\.%s(\\.svc(\\.cluster\\.local)?)?".formatted(namespace)));
    }
}
