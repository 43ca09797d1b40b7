package io.meshwright.incident.cause;

import io.meshwright.incident.evidence.Cluster;
import io.meshwright.incident.evidence.Evidence;
import io.meshwright.incident.evidence.Field;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Causes that stand on the route by which a request went, or would have gone. */
final class RouteCauses {
    private final Mesh mesh;
    private final Evidence evidence;
    private final Optional<HttpRoute> route;

    RouteCauses(Mesh mesh, Evidence evidence, Optional<HttpRoute> traced) {
        this.mesh = mesh;
        this.evidence = evidence;
        this.route = traced.or(() -> NamedRoute.of(mesh, evidence));
    }

    private Cause at(String field, Cause cause) {
        return route.map(found ->
                        cause.by(found.body().has(field) ? found.source().field(field) : found.source()))
                .orElse(cause);
    }

    Cause timeout() {
        boolean perTry = evidence.text(Field.RESPONSE_CODE_DETAILS).contains("per_try");
        String field = perTry ? "retries" : "timeout";
        String limit = route.map(found -> perTry
                        ? found.body().at("/retries/perTryTimeout").asText("")
                        : found.body().path("timeout").asText(""))
                .filter(text -> !text.isEmpty())
                .map(" of %s"::formatted)
                .orElse("");
        return at(
                field,
                Cause.of(
                        "the %s%s passed before the server answered"
                                .formatted(perTry ? "time for one try" : "timeout", limit),
                        "Streams and long work want a route without timeout and retries; else find out why it took so long."));
    }

    Cause retriesExhausted() {
        return at(
                "retries",
                Cause.of(
                        "the first try and all further ones failed",
                        "Look at the other flags of the line for why; tries multiply the load of a server that is overloaded."));
    }

    Cause fault() {
        return at("fault", Cause.of("a fault of the route was injected", "Remove the fault where the test is over."));
    }

    Cause directResponse() {
        return at(
                "directResponse",
                Cause.of(
                        "the route answers itself instead of sending the request on",
                        "Move the route behind those that shall be served, or narrow its match."));
    }

    List<Cause> noRoute() {
        List<Cause> causes = new ArrayList<>();
        String host = evidence.host();
        if (evidence.text(Field.RESPONSE_CODE_DETAILS).equals("filter_chain_not_found")
                || evidence.text(Field.CONNECTION_TERMINATION_DETAILS).equals("filter_chain_not_found")) {
            causes.add(
                    Cause.of(
                            "no filter chain of the listener takes the connection: the name in TLS, the port or the protocol fits none",
                            "At a gateway compare the name that the client shows with the hosts of the Gateway; at a sidecar that demands mutual TLS look for a caller without a sidecar. Plain text to a port of TLS ends like this too."));
        }
        List<VirtualService> serving = mesh.virtualServices().all().stream()
                .filter(service -> service.hosts().stream().anyMatch(each -> HostName.within(host, each)))
                .toList();
        for (VirtualService service : serving) {
            causes.add(Cause.of(
                            "%s has the host %s, but none of its routes takes %s %s, or not on this gateway and port"
                                    .formatted(
                                            service.manifest(),
                                            host,
                                            evidence.text(Field.METHOD),
                                            evidence.text(Field.PATH)),
                            "Add a route for the path, or a last one without match.")
                    .by(Source.of(service.manifest()).at("/spec/http")));
        }
        if (serving.isEmpty() && !host.isEmpty()) {
            causes.add(
                    Cause.of(
                            "no VirtualService of these manifests has the host %s".formatted(host),
                            "Add the host to a VirtualService that names the gateway, or correct the name that the client calls."));
        }
        return causes;
    }

    Cause noCluster() {
        Optional<Cluster> cluster = evidence.cluster();
        String name = cluster.map(Cluster::name).orElse("of the route");
        return cluster.flatMap(Cluster::subset).isPresent()
                ? at(
                        "route",
                        Cause.of(
                                "the proxy knows no cluster %s: no DestinationRule that it sees defines the subset"
                                        .formatted(name),
                                "Define the subset first and send requests to it afterwards; exportTo must reach the caller."))
                : at(
                        "route",
                        Cause.of(
                                "the proxy knows no cluster %s: the Service, or its port, does not exist or is not visible to it"
                                        .formatted(name),
                                "Name a Service and port that exist; look at exportTo and at the caller's Sidecar."));
    }
}
