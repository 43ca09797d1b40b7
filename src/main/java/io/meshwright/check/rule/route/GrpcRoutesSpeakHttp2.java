package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.GatewayRoute;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.Client;
import io.meshwright.mesh.client.TrafficPolicy;
import io.meshwright.mesh.client.UpstreamProtocol;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.route.OutboundClusters.Target;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A GRPCRoute says what clients speak; what a gateway speaks to the Service is said by the Service's port alone. */
@AutoService(Inspection.class)
public final class GrpcRoutesSpeakHttp2 implements Check {
    public static final Rule GRPC_OVER_HTTP1 = Rule.error("MESH360", "grpc_over_http1")
            .title("A GRPCRoute leads to a port to which the gateway speaks HTTP/1.1")
            .consequence("Every call ends with UNAVAILABLE: gRPC needs HTTP/2.")
            .remedy("Set the port's appProtocol to grpc or kubernetes.io/h2c, or begin its name with grpc-.");

    @Override
    public List<Rule> rules() {
        return List.of(GRPC_OVER_HTTP1);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Map<Source, Finding> findings = new LinkedHashMap<>();
        GatewayRoute.of(mesh).stream()
                .filter(route -> route.route().source().manifest().kind().equals(Kind.GRPC_ROUTE))
                .forEach(route -> route.route()
                        .destinations()
                        .forEach(target -> finding(mesh, route, target)
                                .ifPresent(finding -> findings.putIfAbsent(target.source(), finding))));
        return findings.values().stream();
    }

    private static Optional<Finding> finding(Mesh mesh, GatewayRoute route, Destination destination) {
        Pod gateway = route.gateway();
        int listening = route.listener().servers().get(0).port();
        Target target = mesh.outboundClusters().of(destination, gateway.namespace(), listening, false);
        return target.service()
                .flatMap(service -> target.port()
                        .filter(port -> port.protocol().mayBeHttp() && !isHttp2(mesh, gateway, service, port))
                        .map(port -> GRPC_OVER_HTTP1.at(
                                destination.source(),
                                "port %d (\"%s\") of %s is called by HTTP/1.1"
                                        .formatted(port.number(), port.name(), service))));
    }

    private static boolean isHttp2(Mesh mesh, Pod gateway, Service service, ServicePort port) {
        TrafficPolicy policy = mesh.destinationRules()
                .seenBy(Client.of(gateway), service)
                .map(rule -> rule.policy(port.number(), Optional.empty()))
                .orElse(TrafficPolicy.NONE);
        return policy.connectionPool().at("/http/useClientProtocol").asBoolean(false)
                || UpstreamProtocol.isHttp2(gateway, port, policy, mesh.config());
    }
}
