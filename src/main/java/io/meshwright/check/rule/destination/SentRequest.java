package io.meshwright.check.rule.destination;

import io.meshwright.check.evidence.GatewayRoute;
import io.meshwright.check.evidence.WrittenCall;
import io.meshwright.check.evidence.WrittenDestination;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A proxy and a port that it sends requests of HTTP/1.1 to, as the manifests write it. */
record SentRequest(Pod client, Service service, ServicePort port, Optional<String> subset) {
    /** At gateways, in routes of sidecars, in what applications are told, and to entries. */
    static Stream<SentRequest> of(Mesh mesh) {
        List<Pod> sidecars = mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isSidecar())
                .toList();
        return Stream.of(
                        GatewayRoute.of(mesh).stream()
                                .filter(entry -> !entry.route()
                                        .source()
                                        .manifest()
                                        .kind()
                                        .equals(Kind.GRPC_ROUTE))
                                .filter(entry -> !entry.route().isRedirect()
                                        && !entry.route().isDirectResponse())
                                .flatMap(entry -> entry.route().destinations().stream()
                                        .flatMap(target -> call(
                                                mesh,
                                                entry.gateway(),
                                                target,
                                                entry.listener()
                                                        .servers()
                                                        .get(0)
                                                        .port()))),
                        mesh.virtualServices().all().stream()
                                .flatMap(owner -> WrittenDestination.of(owner).stream())
                                .flatMap(target -> sidecars.stream()
                                        .filter(pod -> target.owner().export().reaches(pod.namespace()))
                                        .limit(1)
                                        .flatMap(pod -> routed(mesh, pod, target))),
                        sidecars.stream()
                                .flatMap(pod -> WrittenCall.of(pod).stream()
                                        .filter(call -> call.scheme().equals("http"))
                                        .flatMap(call -> called(mesh, pod, call).stream())),
                        mesh.services().all().stream()
                                .filter(service -> !service.isKubernetes())
                                .flatMap(service -> sidecars.stream()
                                        .filter(pod -> service.export().reaches(pod.namespace()))
                                        .limit(1)
                                        .flatMap(pod -> service.ports().stream()
                                                .map(port -> new SentRequest(pod, service, port, Optional.empty())))))
                .flatMap(calls -> calls);
    }

    private static Stream<SentRequest> routed(Mesh mesh, Pod client, WrittenDestination target) {
        return target.owner().hosts().stream()
                .flatMap(host -> mesh.services().visible(host, client.namespace()).stream())
                .flatMap(host -> host.ports().stream())
                .filter(port -> port.protocol().mayBeHttp())
                .map(ServicePort::number)
                .filter(target::isForRequestsOfMesh)
                .distinct()
                .flatMap(port -> call(mesh, client, target.destination(), port));
    }

    private static Stream<SentRequest> call(Mesh mesh, Pod client, Destination destination, int listening) {
        var target = mesh.outboundClusters().of(destination, client.namespace(), listening, false);
        return target
                .port()
                .map(port -> new SentRequest(client, target.service().orElseThrow(), port, destination.subset()))
                .stream();
    }

    private static Optional<SentRequest> called(Mesh mesh, Pod client, WrittenCall call) {
        var way = mesh.sidecars().way(client, call.host(), call.port());
        return way.service()
                .flatMap(service -> way.port().map(port -> new SentRequest(client, service, port, Optional.empty())));
    }
}
