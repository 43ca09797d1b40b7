package io.meshwright.environment;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.security.Caller;
import io.meshwright.value.security.Enforcement;
import io.meshwright.value.traffic.ClientTls;
import io.meshwright.value.traffic.ManagementPath;
import io.meshwright.value.traffic.Release;
import io.meshwright.value.traffic.Resilience;
import io.meshwright.value.traffic.Route;
import io.meshwright.value.workload.Container;
import io.meshwright.value.workload.Probes;
import io.meshwright.value.workload.Scrape;
import io.meshwright.value.workload.ServicePort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One service: its workload, who may call it, how it is reached and released. */
@Doc("One service; the key is the name of its Kubernetes Service.")
public record Service(
        @Required Name namespace,

        @Nullable @Doc("Name of the workload and value of its app label; default: the service's name.")
        Name app,

        @Required @Doc("Ports of the Service, the first is the default of routes.")
        List<ServicePort> ports,

        @Required Container container,

        @Defaulted @Doc("Pods, and how their number follows the load; default 2.")
        Scale scale,

        @Defaulted @Doc("Whether its pods have a sidecar; default true. False for databases that keep out of the mesh.")
        Boolean mesh,

        @Defaulted @Doc("Who may call it: gateway, or the names of services.")
        List<Caller> allowFrom,

        @Nullable @Doc("Whether its callers are enforced or only observed; default: the mesh's.")
        Enforcement authorization,

        @Defaulted @Doc("Names of entries of externals that it calls.")
        List<Name> uses,

        @Defaulted @Doc("How clients speak to it; default: mutual TLS where both ends can.")
        ClientTls tls,

        @Nullable @Doc("Timeouts, retries, pools, circuit breaker, load balancing; default: the environment's.")
        Resilience resilience,

        @Nullable @Doc("How a new version comes in; default: all at once.")
        Release release,

        @Defaulted
        @Doc("What of the gateway's hosts leads here; a route whose host is the service's own name is for callers"
                + " in the mesh.")
        List<Route> routes,

        @Nullable @Doc("Where the application's own metrics are.")
        Scrape metrics,

        @Defaulted @Doc("Variables of its sidecar, which log labels and span tags read.")
        Map<String, String> proxyMetadata) {
    public Service {
        Require.present("namespace", namespace);
        ports = Require.notEmpty("ports", ports);
        Require.present("container", container);
        mesh = mesh == null || mesh;
        scale = scale == null ? new Scale(container.storage() == null ? 2 : 1, null) : scale;
        allowFrom = allowFrom == null ? List.of() : List.copyOf(allowFrom);
        uses = uses == null ? List.of() : List.copyOf(uses);
        routes = routes == null ? List.of() : List.copyOf(routes);
        tls = tls == null ? ClientTls.AUTO : tls;
        proxyMetadata = proxyMetadata == null ? Map.of() : new LinkedHashMap<>(proxyMetadata);
        Require.that(
                container.storage() == null || scale.replicas() == 1,
                "scale.replicas",
                "'%d' pods cannot share one volume".formatted(scale.replicas()),
                "use 1, or remove container.storage");
        Name probed = container.probes().port();
        Require.that(
                probed == null || ports.stream().anyMatch(port -> port.name().equals(probed)),
                "container.probes.port",
                "there is no port '%s'".formatted(probed),
                "use one of: %s"
                        .formatted(ports.stream()
                                .map(port -> port.name().toString())
                                .collect(Collectors.joining(", "))));
        Require.that(
                mesh || routes.isEmpty(),
                "mesh",
                "a service outside the mesh cannot be routed to",
                "remove its routes, or mesh: false");
    }

    /** True if a route is for callers in the mesh, which call the service by its own name, and not for the gateway. */
    public boolean isInner(Route route, Name service) {
        return route.host().toString().equals(service.toString());
    }

    /** True if its probes or its metrics show that it has Spring Boot's management endpoints. */
    boolean hasActuator() {
        Probes probes = container.probes();
        return metrics != null && ManagementPath.isOne(metrics.path())
                || probes != null && (ManagementPath.isOne(probes.ready()) || ManagementPath.isOne(probes.live()));
    }

    /** True if its clients in the mesh send plaintext by choice, which leaves no identity to authorize by. */
    public boolean callsInPlaintext() {
        return tls == ClientTls.DISABLE;
    }

    /** The workload's name: its own, or the service's. */
    public String workload(String service) {
        return app == null ? service : app.toString();
    }
}
