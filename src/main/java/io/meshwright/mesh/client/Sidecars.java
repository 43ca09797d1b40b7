package io.meshwright.mesh.client;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Age;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.SelectorIndex;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.mesh.workload.Services;
import io.meshwright.mesh.workload.SharedHosts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The Sidecar objects: which services the proxies of pods know, and how they treat calls to anything else
 * (pilot/pkg/model/sidecar.go, getSidecarScope).
 */
public final class Sidecars {
    private static final String MERGE = "PILOT_ALLOW_SIDECAR_SERVICE_INBOUND_LISTENER_MERGE";

    /** The oldest of each namespace that is for all its pods. */
    private final Map<String, Sidecar> general = new TreeMap<>();

    private final Map<Pod, Optional<Sidecar>> heeded = new ConcurrentHashMap<>();
    private final Map<CalledPort, Boolean> readingHttp = new ConcurrentHashMap<>();
    private final SelectorIndex<Sidecar> selecting = new SelectorIndex<>();
    private final Services services;
    private final MeshConfig mesh;
    private final IstioVersion version;

    public Sidecars(Manifests manifests, Services services, MeshConfig mesh, IstioVersion version) {
        this.version = version;
        this.services = services;
        this.mesh = mesh;
        manifests.kind(Kind.SIDECAR).stream().sorted(Age.ORDER).forEach(this::add);
    }

    private void add(Manifest manifest) {
        Sidecar sidecar = Sidecar.of(manifest);
        sidecar.workloads()
                .ifPresentOrElse(
                        selector -> selecting.add(manifest.home(), selector, sidecar),
                        () -> general.putIfAbsent(manifest.home(), sidecar));
    }

    /**
     * The Sidecar that a pod's proxy heeds: for its labels, else for its namespace, else for the mesh; gateways heed
     * none.
     */
    public Optional<Sidecar> of(Pod pod) {
        return pod.proxy().isGateway() || pod.proxy().isWaypoint()
                ? Optional.empty()
                : heeded.computeIfAbsent(pod, this::find);
    }

    private Optional<Sidecar> find(Pod pod) {
        return selecting.of(pod).stream()
                .findFirst()
                .or(() -> Optional.ofNullable(general.get(pod.namespace())))
                .or(() -> Optional.ofNullable(general.get(mesh.rootNamespace())));
    }

    /** The listeners that a pod's Sidecar object opens for calls to it. */
    public List<SidecarIngress> ingress(Pod pod) {
        return of(pod).map(SidecarIngress::of).orElse(List.of());
    }

    /**
     * Finds the listener that a pod's Sidecar object opens for calls to its port; what a Sidecar with listeners leaves
     * out is passed on as it comes, whatever Services say of it (buildInboundChainConfigs).
     */
    public Optional<SidecarIngress> ingress(Pod pod, int port) {
        List<SidecarIngress> all = ingress(pod);
        return all.stream()
                .filter(listener -> listener.port() == port)
                .findFirst()
                .or(() -> of(pod).filter(sidecar -> !all.isEmpty() && !mesh.feature(MERGE, false))
                        .map(sidecar -> SidecarIngress.passthrough(sidecar, port)));
    }

    /** True if a pod's proxy knows a service on a port. */
    public boolean knows(Pod pod, Service service, int port) {
        return of(pod).map(sidecar -> sidecar.imports(pod.namespace(), service, port, version))
                .orElse(true);
    }

    /** As what a pod's proxy reads calls to a service's port. */
    private Protocol read(Pod client, Service service, ServicePort port) {
        return of(client)
                .map(sidecar -> sidecar.reads(client.namespace(), service, port, version))
                .orElse(port.protocol());
    }

    /** True if a pod's proxy has routes for HTTP to a service's port. */
    public boolean routes(Pod client, Service service, int port) {
        return of(client)
                .map(sidecar -> sidecar.routes(client.namespace(), service, port, version))
                .orElse(true);
    }

    /** True if a pod's proxy has another name of a service among those for which it takes requests. */
    private boolean showsAlias(Pod pod, Service service, Service alias, int port) {
        return of(pod).map(sidecar -> sidecar.showsAlias(pod.namespace(), service, alias.host(), port, version))
                .orElse(true);
    }

    /** True if a pod's proxy heeds a VirtualService: its namespace and one of its hosts must be imported. */
    public boolean heedsRoutes(Pod pod, String namespace, List<String> hosts, int port) {
        return of(pod).map(sidecar -> sidecar.importsRoutes(pod.namespace(), namespace, hosts, port, version))
                .orElse(true);
    }

    /** The same for connections to a service. */
    public boolean heedsConnections(Pod pod, String namespace, List<String> hosts, Service service, int port) {
        return of(pod).map(sidecar ->
                        sidecar.importsConnections(pod.namespace(), namespace, hosts, service, port, version))
                .orElse(true);
    }

    /** True if a pod's proxy has a cluster for a port of a service to which a route for calls to another port leads. */
    public boolean leadsTo(Pod pod, Service service, int port, int called) {
        return of(pod).map(sidecar -> sidecar.leadsTo(pod.namespace(), service, port, called, version))
                .orElse(true);
    }

    /** Tells how a pod's calls to hosts are treated that its proxy does not know. */
    public MeshConfig.Outbound outbound(Pod pod) {
        if (!pod.proxy().isSidecar()) {
            return MeshConfig.Outbound.ALLOW_ANY;
        }
        return of(pod).flatMap(Sidecar::outbound).orElseGet(mesh::outbound);
    }

    /**
     * The service to which a call to a host and port leads: {@code service} and {@code port} are empty where the proxy
     * knows no such host or port.
     */
    public record Way(Optional<Service> service, Optional<ServicePort> port, MeshConfig.Outbound outbound) {
        /** True if the proxy has a cluster of its own for it. */
        public boolean isKnown() {
            return port.isPresent();
        }

        /** True if the call ends here: 502 for HTTP where the proxy reads it on that port, else the connection ends. */
        public boolean isBlocked() {
            return !isKnown() && outbound == MeshConfig.Outbound.REGISTRY_ONLY;
        }
    }

    /** Follows a pod's call to a host, as its application writes it, and a port. */
    public Way way(Pod client, String written, int port) {
        Way declared = declared(client, written, port);
        return new Way(
                declared.service(),
                declared.port()
                        .map(called -> called.as(read(client, declared.service().orElseThrow(), called))),
                declared.outbound());
    }

    /** The same by what the services say of their ports, whatever listeners read. */
    private Way declared(Pod client, String written, int port) {
        String host = services.host(written, client.namespace());
        Optional<Service> named = called(client, host, port)
                .or(() -> services.at(written.replaceAll("[\\[\\]]", ""), client.namespace(), port)
                        .filter(service -> isSelected(client, service, port)));
        Optional<Service> service = named.flatMap(found -> services.behind(found, client.namespace()))
                .filter(found -> knows(client, found, port))
                .filter(found ->
                        found.host().equals(named.get().host()) || showsAlias(client, found, named.get(), port));
        return new Way(service, service.flatMap(found -> found.port(port)), outbound(client));
    }

    /**
     * Follows the name of a request on a port where HTTP is read: there no service has a virtual host whose port is
     * said to carry something else.
     */
    public Way wayOfHttp(Pod client, String written, int port) {
        Way way = declared(client, written, port);
        if (way.port().filter(found -> !found.protocol().mayBeHttp()).isEmpty()) {
            return way;
        }
        Optional<Service> covering = covering(
                client,
                services.host(written, client.namespace()),
                port,
                found -> found.protocol().mayBeHttp());
        return new Way(covering, covering.flatMap(found -> found.port(port)), way.outbound());
    }

    private Optional<Service> called(Pod client, String host, int port) {
        // istiod gives each name that DNS completes its virtual host.
        return ofHost(client, host, port)
                .or(() -> HostName.completed(host, mesh.domain()).flatMap(whole -> ofHost(client, whole, port)));
    }

    /**
     * The service that has the host and the port goes first, then a wildcard over it that has the port. Of an
     * ExternalName Service the one behind it has the name, whoever else may see it (resolveServiceAliases).
     */
    private Optional<Service> ofHost(Pod client, String host, int port) {
        Optional<Service> exact = claiming(client, host, port).or(() -> services.find(host, client.namespace(), port));
        return exact.filter(service ->
                        service.alias().isPresent() || service.port(port).isPresent() && knows(client, service, port))
                .or(() -> covering(client, host, port, any -> true))
                .or(() -> exact)
                .or(() -> services.of(host).stream()
                        .filter(service -> service.alias().isPresent())
                        .findFirst());
    }

    private Optional<Service> covering(Pod client, String host, int port, Predicate<ServicePort> fits) {
        return services.covering(host, client.namespace(), port)
                .filter(service -> knows(client, service, port)
                        && service.port(port).filter(fits).isPresent())
                .findFirst();
    }

    /**
     * The service that has a host for itself in the eyes of a sidecar, whatever ports others of that host have
     * (selectServices): one of the sidecar's own namespace, else one of the cluster.
     */
    private Optional<Service> claiming(Pod client, String host, int port) {
        if (!client.proxy().isSidecar() || !version.knowsHostsByNamespace()) {
            return Optional.empty();
        }
        List<Service> known = known(client, host, port);
        Optional<Service> first = winner(client, known);
        return first.flatMap(winner -> known.stream()
                .filter(service -> service.namespace().equals(winner.namespace())
                        && service.port(port).isPresent()
                        && !isHidden(client, service))
                .findFirst()
                .or(() -> known.stream()
                        .filter(service -> service.namespace().equals(winner.namespace()) && !isHidden(client, service))
                        .findFirst())
                .or(() -> first));
    }

    private List<Service> known(Pod client, String host, int port) {
        boolean narrow = of(client).filter(sidecar -> sidecar.listens(port)).isPresent();
        return services.visible(host, client.namespace()).stream()
                .filter(service -> knows(client, service, port)
                        && (!narrow || service.port(port).isPresent()))
                .toList();
    }

    private static Optional<Service> winner(Pod client, List<Service> ofHost) {
        return ofHost.stream()
                .filter(service -> service.namespace().equals(client.namespace()))
                .findFirst()
                .or(() -> ofHost.stream().filter(Service::isKubernetes).findFirst());
    }

    /** True if none that has the same host keeps a sidecar from the service. */
    private boolean isSelected(Pod client, Service service, int port) {
        boolean shared = services.of(service.host()).size() > 1;
        return !shared
                || !client.proxy().isSidecar()
                || !version.knowsHostsByNamespace()
                || !isHidden(client, service)
                        && winner(client, known(client, service.host(), port))
                                .map(first -> first.namespace().equals(service.namespace()))
                                .orElse(true);
    }

    /**
     * The entry of a service's host and namespace that hides the called port from a sidecar if it is the older of the
     * two, which the manifests do not tell.
     */
    public Optional<Service> mayHide(Pod client, Service service, int port) {
        return !client.proxy().isSidecar() || !version.knowsHostsByNamespace()
                ? Optional.empty()
                : services.visible(service.host(), client.namespace()).stream()
                        .filter(other -> other.port(port).isEmpty()
                                && SharedHosts.mayHide(other, service)
                                && isImported(client, other))
                        .findFirst();
    }

    /** The entries of a host that a pod's proxy knows, whatever ports they have. */
    public List<Service> entries(Pod client, String host) {
        return services.visible(host, client.namespace()).stream()
                .filter(service -> service.type() == Service.Type.ENTRY && isImported(client, service))
                .toList();
    }

    /** True if another entry of its host and namespace keeps a sidecar from this one. */
    private boolean isHidden(Pod client, Service service) {
        return service.type() == Service.Type.ENTRY
                && client.proxy().isSidecar()
                && version.knowsHostsByNamespace()
                && services.of(service.host()).stream()
                        .anyMatch(other -> other.export().reaches(client.namespace())
                                && SharedHosts.hides(other, service)
                                && isImported(client, other));
    }

    private boolean isImported(Pod client, Service service) {
        return service.ports().stream().anyMatch(port -> knows(client, service, port.number()));
    }

    /** The ExternalName Service that a pod's call to a host names, as far as its proxy knows it. */
    public Optional<Service> alias(Pod client, String written, int port) {
        return called(client, services.host(written, client.namespace()), port)
                .filter(found -> found.alias().isPresent()
                        && found.export().reaches(client.namespace())
                        && knows(client, found, port));
    }

    /**
     * Finds the service that takes a call which nothing fits by name or address: entries without addresses take
     * whatever is called on their port, HTTP only where the port is said to carry bytes and no service there is said to
     * speak HTTP.
     */
    public Optional<Service> anywhere(Pod client, int port, boolean isHttp) {
        return isHttp && readsHttpAnywhere(client, port)
                ? Optional.empty()
                : bare(client, port, isHttp).stream().findFirst();
    }

    /** The entries without addresses that share the connections to a port, of which the first has them all. */
    public List<Service> bare(Pod client, int port, boolean isHttp) {
        return services.bare(client.namespace(), port).stream()
                .filter(found -> knows(client, found, port) && isSelected(client, found, port))
                .filter(found -> takesAll(read(client, found, found.port(port).orElseThrow()), isHttp))
                .toList();
    }

    private static boolean takesAll(Protocol protocol, boolean isHttp) {
        return protocol.isTcp() || protocol == Protocol.SNIFFED && !isHttp;
    }

    /** True if a pod's proxy reads HTTP on a port whatever address is called. */
    public boolean readsHttpAnywhere(Pod client, int port) {
        return readingHttp.computeIfAbsent(new CalledPort(client, port), any -> findsHttp(client, port));
    }

    private record CalledPort(Pod client, int port) {}

    private boolean findsHttp(Pod client, int port) {
        Optional<Sidecar> heeded = of(client).filter(sidecar -> sidecar.listens(port));
        boolean kept = heeded.isPresent()
                && services.all().stream()
                        .anyMatch(found -> found.export().reaches(client.namespace())
                                && heeded.get().keepsForBytes(client.namespace(), found, port, version));
        return !kept
                && services.all().stream()
                        .filter(found -> found.alias().isEmpty()
                                && found.export().reaches(client.namespace())
                                && found.port(port).isPresent())
                        .anyMatch(found ->
                                opensHttp(client, found, found.port(port).orElseThrow())
                                        && isSelected(client, found, port));
    }

    private boolean opensHttp(Pod client, Service service, ServicePort port) {
        return of(client)
                .map(sidecar -> sidecar.opensHttp(client.namespace(), service, port, version))
                .orElseGet(() -> service.isReadAnywhere(port));
    }
}
