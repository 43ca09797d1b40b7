package io.meshwright.mesh.route;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Age;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The VirtualServices, and which of them a gateway or a sidecar heeds in which order. */
public final class VirtualServices {
    private static final Comparator<VirtualService> ORDER = Comparator.comparing(VirtualService::manifest, Age.ORDER);

    private final List<VirtualService> all;
    private final List<VirtualService> ofGatewayApi;
    private final Map<String, List<Source>> undecided;
    private final Map<String, VirtualService> byReference;
    private final Map<String, List<VirtualService>> byGateway = new TreeMap<>();
    private final Map<String, List<VirtualService>> byHost = new HashMap<>();
    private final Set<String> wildcards = new TreeSet<>();
    // By identity, and never walked: only looked up.
    private final Map<VirtualService, List<HttpRoute>> routes = new IdentityHashMap<>();
    private final Map<VirtualService, Map<String, List<ConnectionRoute>>> made = new IdentityHashMap<>();

    /**
     * Routes of Ingresses have no age, so they go before those that somebody wrote, and those of the Gateway API
     * behind; {@code undecided} are the routes of the Gateway API that a listener takes or not, by the listener.
     */
    public VirtualServices(
            Manifests manifests,
            MeshConfig mesh,
            List<GeneratedRoutes> ingresses,
            List<GeneratedRoutes> gatewayApi,
            Map<String, List<Source>> undecided) {
        this.undecided = undecided;
        this.all = manifests.kind(Kind.VIRTUAL_SERVICE).stream()
                .map(manifest -> VirtualService.of(manifest, mesh))
                .sorted(ORDER)
                .toList();
        this.ofGatewayApi = gatewayApi.stream().map(GeneratedRoutes::service).toList();
        this.byReference = all.stream()
                .collect(Collectors.toMap(
                        VirtualServices::reference, Function.identity(), (one, same) -> one, TreeMap::new));
        ingresses.forEach(this::add);
        all.forEach(service -> add(service, joined(service)));
        gatewayApi.forEach(this::add);
    }

    private void add(GeneratedRoutes generated) {
        add(generated.service(), generated.routes());
        made.put(generated.service(), generated.connections());
    }

    private void add(VirtualService service, List<HttpRoute> itsRoutes) {
        routes.put(service, itsRoutes);
        if (!service.isDelegate()) {
            service.gateways().stream()
                    .distinct()
                    .forEach(gateway -> byGateway
                            .computeIfAbsent(gateway, none -> new ArrayList<>())
                            .add(service));
            service.hosts().stream()
                    .distinct()
                    .forEach(host -> byHost.computeIfAbsent(host, none -> new ArrayList<>())
                            .add(service));
            service.hosts().stream().filter(HostName::isWildcard).forEach(wildcards::add);
        }
    }

    private static String reference(VirtualService service) {
        return "%s/%s".formatted(service.manifest().home(), service.manifest().name());
    }

    private List<HttpRoute> joined(VirtualService root) {
        return root.written().stream().flatMap(this::followed).toList();
    }

    private Stream<HttpRoute> followed(HttpRoute route) {
        // A route whose delegate is missing, has hosts or is not shown here vanishes.
        return route.delegate()
                .map(reference -> delegate(reference, route.owner().manifest().home()).stream()
                        .flatMap(delegate -> Delegation.join(route, delegate).stream()))
                .orElse(Stream.of(route));
    }

    /** The delegate of that reference {@code namespace/name}, if it is one and is shown to the root's namespace. */
    public Optional<VirtualService> delegate(String reference, String rootNamespace) {
        return find(reference)
                .filter(VirtualService::isDelegate)
                .filter(delegate -> delegate.export().reaches(rootNamespace));
    }

    /** The routes of its delegate that a route loses, since they ask for what it does not let through. */
    public List<HttpRoute> lost(HttpRoute route) {
        return route
                .delegate()
                .flatMap(reference ->
                        delegate(reference, route.owner().manifest().home()))
                .stream()
                .flatMap(delegate -> Delegation.lost(route, delegate).stream())
                .toList();
    }

    /** Those that somebody wrote, oldest first, then by name and namespace; delegates included. */
    public List<VirtualService> all() {
        return all;
    }

    /** Those that istiod makes of routes of the Gateway API, one for each host of each listener or Service. */
    public List<VirtualService> ofGatewayApi() {
        return ofGatewayApi;
    }

    /** The VirtualService of a reference {@code namespace/name}. */
    public Optional<VirtualService> find(String reference) {
        return Optional.ofNullable(byReference.get(reference));
    }

    /** The HTTP routes with delegates put in place of the routes that name them. */
    public List<HttpRoute> routes(VirtualService service) {
        return Objects.requireNonNull(routes.get(service), "a VirtualService of another mesh");
    }

    /** Its routes one entry for each match that counts, up to the first that takes every request. */
    public List<RouteEntry> entries(VirtualService service, Predicate<HttpMatch> counts) {
        List<RouteEntry> entries = new ArrayList<>();
        for (HttpRoute route : routes(service)) {
            if (route.matches().isEmpty()) {
                entries.add(new RouteEntry(route, Optional.empty()));
                return entries;
            }
            for (HttpMatch match : route.matches()) {
                if (counts.test(match)) {
                    entries.add(new RouteEntry(route, Optional.of(match)));
                    if (match.isCatchAll()) {
                        // istiod sends nothing that stands behind a route for everything.
                        return entries;
                    }
                }
            }
        }
        return entries;
    }

    /**
     * Tells whether two that claim a host compete for the calls of some sidecar: where all routes of one are for other
     * ports or callers than those of the other, each has its own.
     */
    public boolean compete(VirtualService one, VirtualService other) {
        return isConnecting(one) && isConnecting(other)
                || routes(one).stream().anyMatch(route -> routes(other).stream().anyMatch(rival -> meet(route, rival)));
    }

    private static boolean isConnecting(VirtualService service) {
        return Stream.of("tls", "tcp")
                .anyMatch(list -> !service.connections(list).isEmpty());
    }

    private static boolean meet(HttpRoute one, HttpRoute other) {
        if (one.matches().isEmpty() || other.matches().isEmpty()) {
            return Stream.of(one, other)
                    .allMatch(route -> route.matches().isEmpty()
                            || route.matches().stream().anyMatch(HttpMatch::isOnMesh));
        }
        return one.matches().stream().anyMatch(match -> other.matches().stream().anyMatch(match::meets));
    }

    /**
     * Places at which routes of the Gateway API ask for a listener that takes or refuses them by labels which nothing
     * tells.
     */
    public List<Source> undecided(String listener) {
        return undecided.getOrDefault(listener, List.of());
    }

    /** The entries of {@code tls} or {@code tcp}, which route connections rather than requests. */
    public List<ConnectionRoute> connections(VirtualService service, String list) {
        return made.containsKey(service)
                ? made.get(service).getOrDefault(list, List.of())
                : service.connections(list).stream()
                        .map(source -> ConnectionRoute.of(service, source))
                        .toList();
    }

    /** True if one is for this host, wherever it is bound and whatever object istiod makes it of. */
    public boolean areFor(String host) {
        return byHost.containsKey(host) || HostName.wildcardsOver(host).anyMatch(wildcards::contains);
    }

    /**
     * Lists those that a proxy of that namespace heeds of a gateway, {@code namespace/name} or mesh: first those that
     * only it sees, last those that all see.
     */
    public List<VirtualService> visible(String gateway, String proxyNamespace) {
        return heeded(byGateway.getOrDefault(gateway, List.of()), proxyNamespace)
                .toList();
    }

    /**
     * Lists those that claim a host for the sidecars of a namespace: the most specific claim first, among equals in the
     * order of {@link #visible}.
     */
    List<Claim> claims(String host, String proxyNamespace) {
        List<Claim> claims = new ArrayList<>();
        Stream.concat(Stream.of(host), HostName.wildcardsOver(host).filter(wildcards::contains))
                .forEach(claimed -> heeded(byHost.getOrDefault(claimed, List.of()), proxyNamespace)
                        .filter(VirtualService::isOnMesh)
                        .filter(service -> claims.stream().noneMatch(claim -> claim.service() == service))
                        .forEach(service -> claims.add(new Claim(service, claimed))));
        return claims;
    }

    /** A VirtualService that claims a host, and the host by which it does. */
    public record Claim(VirtualService service, String host) {}

    private static Stream<VirtualService> heeded(List<VirtualService> services, String proxyNamespace) {
        return services.stream()
                .filter(service -> service.export().reaches(proxyNamespace))
                .sorted(Comparator.comparingInt(service -> rank(service, service.manifest(), proxyNamespace)));
    }

    /**
     * Ranks what a proxy heeds: what its namespace alone sees, what others export to it, what is made of routes of the
     * Gateway API in its namespace, and all else (push_context.go VirtualServicesForGateway).
     *
     * @param oldest of several routes that are merged the one whose namespace counts
     */
    private static int rank(VirtualService service, Manifest oldest, String proxyNamespace) {
        boolean near = oldest.home().equals(proxyNamespace);
        if (!service.export().isPublic()) {
            return near ? 0 : 1;
        }
        return near && oldest.kind().isOfGatewayApi() ? 2 : 3;
    }

    /** True if an age that no manifest tells may decide which of two goes first at a proxy of that namespace. */
    public boolean areUntold(VirtualService one, VirtualService other, String proxyNamespace) {
        if (Age.isTold(one.manifest(), other.manifest())) {
            return false;
        }
        Set<Integer> ranks = ranks(one, proxyNamespace);
        Set<Integer> others = ranks(other, proxyNamespace);
        return ranks.size() > 1 || others.size() > 1 || ranks.equals(others);
    }

    /** The ranks that it may have: of routes of several namespaces that are merged the oldest may be any. */
    private Set<Integer> ranks(VirtualService service, String proxyNamespace) {
        Set<Integer> ranks = new TreeSet<>();
        ranks.add(rank(service, service.manifest(), proxyNamespace));
        if (service.manifest().kind().isOfGatewayApi()) {
            routes(service).stream()
                    .map(route -> route.source().manifest())
                    .filter(route -> !Age.isTold(service.manifest(), route))
                    .forEach(route -> ranks.add(rank(service, route, proxyNamespace)));
        }
        return ranks;
    }
}
