package io.meshwright.environment;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.gateway.ConnectionRoute;
import io.meshwright.value.security.Caller;
import io.meshwright.value.security.Enforcement;
import io.meshwright.value.traffic.BlueGreen;
import io.meshwright.value.traffic.ClientTls;
import io.meshwright.value.traffic.ManagementPath;
import io.meshwright.value.traffic.Release;
import io.meshwright.value.traffic.Resilience;
import io.meshwright.value.traffic.Route;
import io.meshwright.value.workload.Container;
import io.meshwright.value.workload.Existing;
import io.meshwright.value.workload.PodSettings;
import io.meshwright.value.workload.Probe;
import io.meshwright.value.workload.Scrape;
import io.meshwright.value.workload.ServicePort;
import io.meshwright.value.workload.WorkloadKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One service: its workload, who may call it, how it is reached and released. */
@Doc("One service; the key is the name of its Kubernetes Service.")
@Sample(
        "{namespace: web, container: {image: docker.io/library/nginx:1.29.1, resources: {requests: {cpu: 50m, memory: 64Mi}, limits: {memory: 128Mi}}}}")
public record Service(
        @Required Name namespace,

        @Nullable @Doc("Name of the workload and value of its app label; default: the service's name.")
        Name app,

        @Defaulted
        @Doc(
                "Ports of the Service, the first is the default of routes; none: a worker, which nobody calls and which has"
                        + " no Service.")
        List<ServicePort> ports,

        @Nullable @Doc("The application's container; needed unless workload is of type existing.")
        Container container,

        @Nullable WorkloadKind workload,

        @Defaulted @Doc("Where the pods run, what they carry, who runs beside the application.")
        PodSettings pod,

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

        @Defaulted @Doc("What of the gateways' TLS and TCP listeners leads here, without being read on the way.")
        List<ConnectionRoute> connections,

        @Nullable @Doc("Where the application's own metrics are.")
        Scrape metrics,

        @Defaulted @Doc("Variables of its sidecar, which log labels and span tags read.")
        Map<String, String> proxyMetadata) {
    public Service {
        Require.present("namespace", namespace);
        ports = ports == null ? List.of() : List.copyOf(ports);
        pod = pod == null ? PodSettings.none() : pod;
        mesh = mesh == null || mesh;
        ServiceKind kind = new ServiceKind(workload, container, pod);
        kind.refuse(scale, release, app, metrics, proxyMetadata);
        scale = scale == null ? Scale.of(kind.usualPods()) : scale;
        allowFrom = allowFrom == null ? List.of() : List.copyOf(allowFrom);
        uses = uses == null ? List.of() : List.copyOf(uses);
        routes = routes == null ? List.of() : List.copyOf(routes);
        connections = connections == null ? List.of() : List.copyOf(connections);
        tls = tls == null ? ClientTls.AUTO : tls;
        proxyMetadata = proxyMetadata == null ? Map.of() : new LinkedHashMap<>(proxyMetadata);
        kind.fits(ports, scale);
        Require.that(
                !ports.isEmpty() || allowFrom.isEmpty() && routes.isEmpty() && connections.isEmpty() && metrics == null,
                "ports",
                "are missing, and callers, routes or metrics need one",
                "add one, or remove allowFrom, routes, connections and metrics");
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

    /** Hosts at which a gateway shows it: those of its routes there, and with them that of its other version. */
    public SortedSet<Host> hostsAt(Name gateway, Name service) {
        SortedSet<Host> hosts = routes.stream()
                .filter(route -> !isInner(route, service) && route.isAt(gateway))
                .map(Route::host)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!hosts.isEmpty() && release instanceof BlueGreen blueGreen && blueGreen.previewHost() != null) {
            hosts.add(blueGreen.previewHost());
        }
        return hosts;
    }

    /** True if a container of its pods has files of the repository, which are a ConfigMap of its own. */
    public boolean hasFiles() {
        return container != null
                && (!container.files().isEmpty()
                        || Stream.of(pod.initContainers(), pod.sidecars())
                                .flatMap(extras -> extras.values().stream())
                                .anyMatch(extra -> !extra.files().isEmpty()));
    }

    /** True if some of its requests last by design. */
    public boolean streams() {
        return routes.stream().anyMatch(Route::streams);
    }

    /** True if its probes or its metrics show that it has Spring Boot's management endpoints. */
    boolean hasActuator() {
        return metrics != null && ManagementPath.isOne(metrics.path())
                || Stream.ofNullable(container)
                        .flatMap(each -> each.probes().given())
                        .map(Probe::httpGet)
                        .anyMatch(asked -> asked != null && ManagementPath.isOne(asked.path()));
    }

    /** True if its clients in the mesh send plaintext by choice, which leaves no identity to authorize by. */
    public boolean callsInPlaintext() {
        return tls == ClientTls.DISABLE;
    }

    /** True if its pods are run by somebody else. */
    public boolean isExisting() {
        return workload instanceof Existing;
    }

    /** Labels by which its pods are known. */
    public Map<String, String> podLabels(Name service) {
        return workload instanceof Existing existing
                ? existing.labels()
                : Map.of("app", workloadName(service.toString()));
    }

    /** Name of its pods' service account. */
    public Name serviceAccount(Name service) {
        if (workload instanceof Existing existing) {
            return existing.serviceAccountName();
        }
        return pod.serviceAccountName() == null ? Name.of(workloadName(service.toString())) : pod.serviceAccountName();
    }

    /** The workload's name: its own, or the service's. */
    public String workloadName(String service) {
        return app == null ? service : app.toString();
    }
}
