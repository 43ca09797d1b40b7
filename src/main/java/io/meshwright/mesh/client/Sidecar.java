package io.meshwright.mesh.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Selector;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** A Sidecar object: which hosts the proxies that it means know. */
public record Sidecar(Manifest manifest, Optional<Selector> workloads, List<EgressListener> egress) {
    private static final String ALL = "*";
    private static final String OWN = ".";
    private static final String OUT = "~";

    static Sidecar of(Manifest manifest) {
        Selector selector = Selector.labels(manifest.at("/spec/workloadSelector/labels"));
        return new Sidecar(
                manifest, selector.isEmpty() ? Optional.empty() : Optional.of(selector), EgressListener.of(manifest));
    }

    /** True if proxies of that namespace under this Sidecar know a service on a port; without egress they know all. */
    boolean imports(String proxyNamespace, Service service, int port, IstioVersion version) {
        if (egress.isEmpty()) {
            return true;
        }
        Scope scope = scope(proxyNamespace, service, version);
        Optional<EgressListener> own = own(port);
        if (own.isEmpty()) {
            return scope.has(general(), service);
        }
        Optional<Protocol> spoken = service.port(port).map(ServicePort::protocol);
        if (spoken.isEmpty()) {
            return scope.has(own, service) || scope.has(general(), service);
        }
        if (spoken.get().isHttp()) {
            return scope.has(own, service);
        }
        boolean http = own.get().protocol().filter(Protocol::isHttp).isPresent();
        return scope.has(own, service) && !(http && spoken.get() != Protocol.SNIFFED)
                || (!http || service.hasOwnAddress()) && scope.has(general(), service);
    }

    /**
     * True if it has a listener for the port alone, which knows of no service without it (serviceMatchingListenerPort).
     */
    boolean listens(int port) {
        return own(port).isPresent();
    }

    /**
     * As what proxies of that namespace read calls to a service's port: as its listener for the port alone says, else
     * as the service does (buildSidecarOutboundListeners).
     */
    Protocol reads(String proxyNamespace, Service service, ServicePort port, IstioVersion version) {
        Scope scope = scope(proxyNamespace, service, version);
        Optional<EgressListener> own = own(port.number());
        boolean listensItself =
                port.protocol() == Protocol.SNIFFED && service.hasOwnAddress() && scope.has(general(), service);
        return scope.has(own, service)
                ? own.get()
                        .protocol()
                        .filter(said -> said.isHttp()
                                ? port.protocol() == Protocol.SNIFFED && !listensItself
                                : said.isTcp() && port.protocol().mayBeHttp())
                        .orElse(port.protocol())
                : port.protocol();
    }

    /** True if a service is among those whose HTTP on a port has virtual hosts (GetEgressListenerForRDS). */
    boolean routes(String proxyNamespace, Service service, int port, IstioVersion version) {
        return egress.isEmpty() || scope(proxyNamespace, service, version).has(ofRoutes(port), service);
    }

    /** True if a service's port makes proxies of that namespace read HTTP on it, whatever address is called. */
    boolean opensHttp(String proxyNamespace, Service service, ServicePort port, IstioVersion version) {
        Scope scope = scope(proxyNamespace, service, version);
        Optional<EgressListener> own = own(port.number())
                .filter(listener -> listener.protocol().filter(Protocol::isHttp).isPresent());
        return scope.has(own, service)
                || service.isReadAnywhere(port) && (egress.isEmpty() || scope.has(general(), service));
    }

    /** True if its listener for a port has bytes of a service without an address, and so all that is called there. */
    boolean keepsForBytes(String proxyNamespace, Service service, int port, IstioVersion version) {
        Optional<EgressListener> own = own(port)
                .filter(listener -> listener.protocol().filter(Protocol::isTcp).isPresent());
        return !service.hasOwnAddress()
                && service.port(port).isPresent()
                && scope(proxyNamespace, service, version).has(own, service);
    }

    /**
     * True if proxies of that namespace have a cluster for a port of a service to which a route for calls to another
     * port leads: a listener has the service, or the one that has the route adds it, the one for a port alone with that
     * port only (collectImportedServices).
     */
    boolean leadsTo(String proxyNamespace, Service service, int port, int called, IstioVersion version) {
        Scope scope = scope(proxyNamespace, service, version);
        return egress.isEmpty()
                || scope.has(own(port), service)
                || scope.has(general(), service)
                || own(called).isEmpty()
                || port == called;
    }

    private static Scope scope(String proxyNamespace, Service service, IstioVersion version) {
        return new Scope(proxyNamespace, service.namespace(), version.leavesHostsOut());
    }

    /**
     * True if requests for an ExternalName Service are taken for the one behind it: what imports that must fit the
     * other name too (matchingAliasService). DNS alone leads bytes there.
     */
    boolean showsAlias(String proxyNamespace, Service service, String alias, int port, IstioVersion version) {
        boolean http = service.port(port)
                .map(ServicePort::protocol)
                .filter(Protocol::isHttp)
                .isPresent();
        return !http
                || egress.isEmpty()
                || ofRoutes(port).stream()
                        .anyMatch(listener -> scope(proxyNamespace, service, version)
                                .showsAlias(listener.hosts(), service.host(), alias));
    }

    /**
     * True if they heed a VirtualService of that namespace and those hosts for calls to a port: here a narrower host is
     * enough (hostClassification, VSMatches).
     */
    boolean importsRoutes(String proxyNamespace, String namespace, List<String> hosts, int port, IstioVersion version) {
        Scope scope = new Scope(proxyNamespace, namespace, version.leavesHostsOut());
        return egress.isEmpty() || scope.has(ofRoutes(port), hosts);
    }

    /** The same for connections to a service, of which the listener decides that has it. */
    boolean importsConnections(
            String proxyNamespace,
            String namespace,
            List<String> hosts,
            Service service,
            int port,
            IstioVersion version) {
        Optional<EgressListener> own = own(port)
                .filter(listener -> listener.protocol().filter(Protocol::isHttp).isEmpty());
        boolean takes = scope(proxyNamespace, service, version).has(own, service);
        return egress.isEmpty()
                || new Scope(proxyNamespace, namespace, version.leavesHostsOut()).has(takes ? own : general(), hosts);
    }

    /** The listener that says for which hosts there are routes on a port. */
    private Optional<EgressListener> ofRoutes(int port) {
        return own(port).or(this::general);
    }

    /** The listener for the port alone. */
    private Optional<EgressListener> own(int port) {
        return egress.stream().filter(listener -> listener.isFor(port)).findFirst();
    }

    /** The listener for every port. */
    private Optional<EgressListener> general() {
        return egress.stream().filter(EgressListener::isForAll).findFirst();
    }

    /** The listener for calls to a port that hears at an address of its own, and not what is led to the proxy. */
    public Optional<Source> bound(int port) {
        return egress.stream()
                .filter(listener -> listener.isForAll() || listener.isFor(port))
                .filter(EgressListener::isBound)
                .findFirst()
                .map(EgressListener::source);
    }

    /**
     * The namespaces of a proxy and of what it may know; {@code exclusive} where an entry with a tilde takes hosts out
     * again.
     */
    private record Scope(String proxyNamespace, String namespace, boolean exclusive) {
        private boolean has(Optional<EgressListener> listener, Service service) {
            return listener.filter(any -> has(any, service.host(), HostName::within))
                    .isPresent();
        }

        private boolean has(Optional<EgressListener> listener, List<String> hosts) {
            return listener.stream()
                    .anyMatch(any -> hosts.stream().anyMatch(host -> has(any, host, HostName::overlap)));
        }

        private boolean has(EgressListener listener, String host, BiPredicate<String, String> fits) {
            List<String> entries = listener.hosts();
            return means(entries, name -> fits.test(host, name)) && !leavesOut(entries, host);
        }

        private boolean means(List<String> entries, Predicate<String> host) {
            return entries.stream().anyMatch(entry -> isHere(space(entry)) && host.test(name(entry)));
        }

        /** By the entries for the service's namespace if they have it, else by those for all. */
        private boolean showsAlias(List<String> entries, String host, String alias) {
            List<String> narrow =
                    entries.stream().filter(entry -> !space(entry).equals(ALL)).toList();
            List<String> counting = means(narrow, name -> HostName.within(host, name))
                    ? narrow
                    : entries.stream().filter(entry -> space(entry).equals(ALL)).toList();
            return means(counting, name -> HostName.within(alias, name));
        }

        private boolean leavesOut(List<String> entries, String host) {
            return exclusive
                    && entries.stream()
                            .filter(entry -> space(entry).startsWith(OUT))
                            .anyMatch(entry -> (space(entry).equals(OUT)
                                            || isHere(space(entry).substring(1)))
                                    && HostName.within(host, name(entry)));
        }

        /** Under the root namespace's Sidecar the dot means the namespace of each proxy. */
        private boolean isHere(String space) {
            return space.equals(ALL)
                    || space.equals(namespace)
                    || space.equals(OWN) && namespace.equals(proxyNamespace);
        }

        private static String space(String entry) {
            int slash = entry.indexOf('/');
            return slash < 0 ? "" : entry.substring(0, slash);
        }

        private static String name(String entry) {
            return entry.substring(entry.indexOf('/') + 1);
        }
    }

    /**
     * Replaces the mesh's setting as a whole; a block without a mode means its first value, REGISTRY_ONLY
     * (convertToSidecarScope).
     */
    Optional<MeshConfig.Outbound> outbound() {
        JsonNode policy = manifest.at("/spec/outboundTrafficPolicy");
        if (!policy.isObject()) {
            return Optional.empty();
        }
        boolean any = policy.path("mode").asText("").equals(MeshConfig.Outbound.ALLOW_ANY.name());
        return Optional.of(any ? MeshConfig.Outbound.ALLOW_ANY : MeshConfig.Outbound.REGISTRY_ONLY);
    }
}
