package io.meshwright.mesh.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Service;
import java.util.Optional;

/**
 * A destination of a route: a host as written, maybe a subset and a port; {@code namespace} is the one in which a short
 * host is resolved, {@code weight} is relative to the others of the route, {@code headers} are changed for it alone.
 */
public record Destination(
        String host,
        Optional<String> subset,
        Optional<Integer> port,
        int weight,
        Source source,
        String namespace,
        HeaderChanges headers) {
    /** One that changes no headers. */
    public Destination(
            String host, Optional<String> subset, Optional<Integer> port, int weight, Source source, String namespace) {
        this(host, subset, port, weight, source, namespace, HeaderChanges.NONE);
    }

    static Destination of(JsonNode destination, int weight, Source source, String namespace) {
        return new Destination(
                destination.path("host").asText(""),
                Fields.text(destination.path("subset")),
                Fields.number(destination.at("/port/number")),
                weight,
                source,
                namespace);
    }

    Destination with(HeaderChanges changes) {
        return new Destination(host, subset, port, weight, source, namespace, changes);
    }

    /**
     * The port of the service that a gateway calls, or any proxy that reads no HTTP: as written, else the service's
     * only one, else the listener's (GetDestinationCluster).
     */
    public int port(Service service, int listenerPort) {
        return port.orElseGet(
                () -> service.ports().size() == 1 ? service.ports().get(0).number() : listenerPort);
    }

    /**
     * The port that a sidecar calls for a request: as written, else the one that was called, under which alone it looks
     * services up (buildSidecarOutboundVirtualHosts).
     */
    public int portOnMesh(int calledPort) {
        return port.orElse(calledPort);
    }

    /** True if a route of the Gateway API names it, for which other failures hold. */
    public boolean isOfGatewayApi() {
        return source.manifest().kind().isOfGatewayApi();
    }
}
