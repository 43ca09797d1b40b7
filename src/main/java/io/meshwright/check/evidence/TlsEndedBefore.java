package io.meshwright.check.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Ingresses;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.EndedTls;
import io.meshwright.mesh.workload.OpenService;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A way into a gateway on which somebody before it ends TLS and goes on in plain text.
 *
 * @param source what says so
 * @param port the Service's port at which it goes on
 * @param forwards whether X-Forwarded-Proto tells the gateway that the client spoke TLS
 */
public record TlsEndedBefore(Source source, Service service, ServicePort port, boolean forwards) {
    // kubernetes-sigs/aws-load-balancer-controller, annotations of Ingresses.
    private static final String ALB_CERTIFICATE = "alb.ingress.kubernetes.io/certificate-arn";
    private static final List<String> BACKEND_PROTOCOLS =
            List.of("alb.ingress.kubernetes.io/backend-protocol", "nginx.ingress.kubernetes.io/backend-protocol");

    public static Stream<TlsEndedBefore> all(Mesh mesh) {
        Stream<TlsEndedBefore> balancers = mesh.services().all().stream().flatMap(TlsEndedBefore::ofService);
        Stream<TlsEndedBefore> ingresses =
                mesh.manifests().kind(Kind.INGRESS).stream().flatMap(ingress -> ofIngress(mesh, ingress));
        return Stream.concat(balancers, ingresses);
    }

    private static Stream<TlsEndedBefore> ofService(Service service) {
        OpenService open = new OpenService(service);
        return service.ports().stream()
                .flatMap(port -> EndedTls.of(open, port)
                        .filter(EndedTls::isPlainBehind)
                        .map(ended -> new TlsEndedBefore(ended.source(), service, port, ended.forwards()))
                        .stream());
    }

    private static Stream<TlsEndedBefore> ofIngress(Mesh mesh, Manifest ingress) {
        boolean ends =
                !ingress.at("/spec/tls").isEmpty() || ingress.annotations().containsKey(ALB_CERTIFICATE);
        boolean begins = BACKEND_PROTOCOLS.stream()
                .anyMatch(name ->
                        !ingress.annotations().getOrDefault(name, "HTTP").equals("HTTP"));
        return !ends
                        || begins
                        || Ingresses.className(ingress).equals(mesh.config().ingressClass())
                ? Stream.empty()
                : backends(ingress).flatMap(backend -> ofBackend(mesh, backend));
    }

    private static Stream<Source> backends(Manifest ingress) {
        Source spec = Source.of(ingress).at("/spec");
        Stream<Source> paths = IntStream.range(0, spec.value().path("rules").size())
                .mapToObj(rule -> spec.item("rules", rule).at("/http"))
                .flatMap(http -> IntStream.range(0, http.value().path("paths").size())
                        .mapToObj(path -> http.item("paths", path).at("/backend")));
        return Stream.concat(Stream.of(spec.at("/defaultBackend")), paths);
    }

    private static Stream<TlsEndedBefore> ofBackend(Mesh mesh, Source backend) {
        JsonNode named = backend.value().path("service");
        return mesh
                .services()
                .kubernetes(backend.manifest().home(), named.path("name").asText(""))
                .stream()
                .flatMap(service -> service.ports().stream()
                        .filter(port -> named.at("/port/number").asInt(0) == port.number()
                                || Fields.text(named.at("/port/name"))
                                        .filter(port.name()::equals)
                                        .isPresent())
                        .map(port -> new TlsEndedBefore(backend, service, port, true)));
    }

    /** True if the gateway pod believes what was said to it of the client's scheme (Envoy, use_remote_address). */
    public boolean isBelieved(Mesh mesh, Pod gateway) {
        return forwards
                && (mesh.config().trustedProxies() > 0
                        || gateway.annotations().values().stream()
                                .anyMatch(text -> text.contains("numTrustedProxies")));
    }
}
