package io.meshwright.sweep;

import io.meshwright.check.evidence.WrittenCall;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.trace.sample.Sample;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The calls that environment variables of pods in the mesh name, to services that are among the manifests. */
final class CallAsks {
    private static final Set<String> REQUESTS = Set.of("http", "ws", "grpc");
    private static final Set<String> SECURE_REQUESTS = Set.of("https", "wss");

    private final Mesh mesh;
    private final Consumer<Ask> asks;

    CallAsks(Mesh mesh, Consumer<Ask> asks) {
        this.mesh = mesh;
        this.asks = asks;
    }

    void add() {
        mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isOfApplication())
                .filter(pod -> pod.replicas().orElse(1) > 0)
                .flatMap(pod -> WrittenCall.of(pod).stream())
                .forEach(this::call);
    }

    private void call(WrittenCall call) {
        List<Service> called = called(call);
        boolean own = called.stream()
                .anyMatch(service -> mesh.services().pods(service).contains(call.caller()));
        if (!called.isEmpty() && !own && !isCompletedLater(call, called)) {
            scheme(call, called)
                    .flatMap(scheme -> Sample.PLAIN.sent("%s://%s:%d".formatted(scheme, call.host(), call.port())))
                    .map(request -> request.from(call.caller().toString()))
                    .ifPresent(request -> asks.accept(new Ask(request, call.source(), Ask.Sake.CALL, towards(called))));
        }
    }

    /** An application may add a port of its own to a name that ends without one. */
    private static boolean isCompletedLater(WrittenCall call, List<Service> called) {
        return call.source().value().path("value").asText("").endsWith("://".concat(call.host()))
                && called.stream()
                        .noneMatch(service -> service.port(call.port()).isPresent());
    }

    private List<Source> towards(List<Service> called) {
        return Stream.concat(
                        called.stream().map(Service::source),
                        called.stream()
                                .flatMap(service -> mesh.services().pods(service).stream())
                                .map(Pod::source))
                .toList();
    }

    /** A name that leads nowhere may lead to what others install. */
    private List<Service> called(WrittenCall call) {
        String namespace = call.caller().namespace();
        String domain = mesh.config().domain();
        return Stream.of(
                        mesh.services().host(call.host(), namespace),
                        "%s.%s".formatted(call.host(), domain),
                        "%s.svc.%s".formatted(call.host(), domain))
                .flatMap(host -> mesh.services().of(host).stream())
                .distinct()
                .toList();
    }

    /** An application speaks as the port is called if no scheme is written, or that of a database. */
    private static Optional<String> scheme(WrittenCall call, List<Service> called) {
        if (REQUESTS.contains(call.scheme())) {
            return Optional.of("http");
        }
        if (SECURE_REQUESTS.contains(call.scheme())) {
            return Optional.of("https");
        }
        List<Protocol> protocols = called.stream()
                .flatMap(service -> service.port(call.port()).stream())
                .map(ServicePort::protocol)
                .distinct()
                .toList();
        if (protocols.isEmpty() || !call.scheme().isEmpty()) {
            return Optional.of("tcp");
        }
        if (protocols.size() > 1 || protocols.get(0).isTls()) {
            return Optional.empty();
        }
        return Optional.of(protocols.get(0).mayBeHttp() ? "http" : "tcp");
    }
}
