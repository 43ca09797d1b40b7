package io.meshwright.mesh.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
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
public record Sidecar(Manifest manifest, Optional<Selector> workloads) {
    private static final String ALL = "*";
    private static final String OWN = ".";
    private static final String OUT = "~";
    private static final List<String> WILDCARDS = List.of("", "0.0.0.0", "::");

    static Sidecar of(Manifest manifest) {
        Selector selector = Selector.labels(manifest.at("/spec/workloadSelector/labels"));
        return new Sidecar(manifest, selector.isEmpty() ? Optional.empty() : Optional.of(selector));
    }

    /** True if proxies of that namespace under this Sidecar know a service on a port; without egress they know all. */
    boolean imports(String proxyNamespace, Service service, int port, IstioVersion version) {
        return imports(
                new Scope(proxyNamespace, service.namespace(), version.leavesHostsOut()),
                List.of(service.host()),
                port,
                isHttp(service, port),
                HostName::within);
    }

    private static boolean isHttp(Service service, int port) {
        return service.port(port)
                .map(ServicePort::protocol)
                .filter(Protocol::isHttp)
                .isPresent();
    }

    /**
     * True if requests for an ExternalName Service are taken for the one behind it: what imports that must fit the
     * other name too (matchingAliasService). DNS alone leads bytes there.
     */
    boolean showsAlias(String proxyNamespace, Service service, String alias, int port, IstioVersion version) {
        Scope scope = new Scope(proxyNamespace, service.namespace(), version.leavesHostsOut());
        return !isHttp(service, port)
                || manifest.at("/spec/egress").isEmpty()
                || listeners(port, true).stream()
                        .map(listener -> Fields.texts(listener.path("hosts")))
                        .anyMatch(entries -> scope.showsAlias(entries, service.host(), alias));
    }

    /**
     * True if they heed a VirtualService of that namespace and those hosts for calls to a port: here a narrower host is
     * enough (hostClassification, VSMatches).
     */
    boolean importsRoutes(String proxyNamespace, String namespace, List<String> hosts, int port, IstioVersion version) {
        return imports(
                new Scope(proxyNamespace, namespace, version.leavesHostsOut()), hosts, port, true, HostName::overlap);
    }

    private boolean imports(Scope scope, List<String> hosts, int port, boolean http, BiPredicate<String, String> fits) {
        return manifest.at("/spec/egress").isEmpty()
                || listeners(port, http).stream()
                        .map(listener -> Fields.texts(listener.path("hosts")))
                        .anyMatch(entries -> hosts.stream()
                                .anyMatch(host -> scope.means(entries, name -> fits.test(host, name))
                                        && !scope.leavesOut(entries, host)));
    }

    /**
     * The listeners that take calls to a port. One for the port alone has all of HTTP there, whatever one for every
     * port imports (GetEgressListenerForRDS); of other protocols each service has a listener of its own.
     */
    private List<JsonNode> listeners(int port, boolean http) {
        List<JsonNode> all = Fields.items(manifest.at("/spec/egress"));
        List<JsonNode> own = all.stream()
                .filter(listener -> http && isFor(listener, port).orElse(false))
                .filter(listener -> Protocol.of(listener.at("/port/protocol").asText(""))
                        .filter(Protocol::isHttp)
                        .isPresent())
                .toList();
        return (own.isEmpty() ? all : own)
                .stream().filter(listener -> isFor(listener, port).orElse(true)).toList();
    }

    /** The listener for calls to a port that hears at an address of its own, and not what is led to the proxy. */
    public Optional<Source> bound(int port) {
        return Source.of(manifest)
                .items("spec/egress")
                .filter(listener -> isFor(listener.value(), port).orElse(true))
                .filter(listener ->
                        listener.value().path("captureMode").asText("").equals("NONE")
                                || !WILDCARDS.contains(
                                        listener.value().path("bind").asText("")))
                .findFirst();
    }

    /** Empty where a listener is for every port. */
    private static Optional<Boolean> isFor(JsonNode listener, int port) {
        return Fields.number(listener.at("/port/number")).map(number -> number == port);
    }

    /**
     * The namespaces of a proxy and of what it may know; {@code exclusive} where an entry with a tilde takes hosts out
     * again.
     */
    private record Scope(String proxyNamespace, String namespace, boolean exclusive) {
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
