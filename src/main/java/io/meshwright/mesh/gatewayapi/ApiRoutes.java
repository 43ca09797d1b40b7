package io.meshwright.mesh.gatewayapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.route.GeneratedRoutes;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.RoutePrecedence;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.Age;
import io.meshwright.mesh.terms.Export;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The VirtualServices that istiod makes of the routes of the Gateway API: one VirtualService for each host of each
 * listener or Service that they name as a parent (pilot/pkg/config/kube/gateway/route_collections.go).
 */
public final class ApiRoutes {
    private static final String GATEWAY = "Gateway";

    private final Map<Parent, List<Part>> parts = new LinkedHashMap<>();
    private final List<GeneratedRoutes> connecting = new ArrayList<>();
    private final Map<String, List<Source>> undecided = new TreeMap<>();
    private final List<Manifest> entries;
    private final Map<String, List<ApiListener>> listeners;
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<Source> unserved = new ArrayList<>();
    private final MeshConfig mesh;

    private final ApiChannel channel;

    private ApiRoutes(
            Manifests manifests, Map<String, List<ApiListener>> listeners, MeshConfig mesh, ApiChannel channel) {
        this.channel = channel;
        this.entries = manifests.kind(Kind.SERVICE_ENTRY);
        this.listeners = listeners;
        this.mesh = mesh;
    }

    /**
     * The key by which routes are merged: all for one host of one listener, or of one Service as seen from a namespace.
     */
    private record Parent(Kind kind, String gateway, String host, String viewer, boolean isOwn) {
        private Parent of(Kind other) {
            return new Parent(other, gateway, host, viewer, isOwn);
        }

        @Override
        public String toString() {
            return "%s~%s~%s".formatted(gateway, viewer, host);
        }
    }

    private record Part(Manifest route, Optional<Integer> port) {}

    /** The oldest first, then by the names that istiod makes of the keys. */
    private static final Comparator<Map.Entry<Parent, List<Part>>> ORDER = Comparator.comparing(
                    (Map.Entry<Parent, List<Part>> entry) ->
                            entry.getValue().get(0).route(),
                    Age.OLDEST_FIRST)
            .thenComparing(entry -> entry.getKey().toString());

    /** {@code listeners} are those of each Gateway by {@code namespace/name}. */
    public static ApiRoutes of(
            Manifests manifests, Map<String, List<ApiListener>> listeners, MeshConfig mesh, ApiChannel channel) {
        ApiRoutes routes = new ApiRoutes(manifests, listeners, mesh, channel);
        for (Kind kind : List.of(Kind.HTTP_ROUTE, Kind.GRPC_ROUTE, Kind.TLS_ROUTE, Kind.TCP_ROUTE)) {
            if (!channel.heeds(kind).isNo()) {
                manifests.kind(kind).stream().sorted(Age.ORDER_OF_GATEWAY_API).forEach(route -> {
                    routes.attach(route);
                    routes.hostnames(route);
                });
            }
        }
        if (channel.version().losesGrpcRoutes()) {
            routes.lose();
        }
        return routes;
    }

    /**
     * GRPCRoutes that go for HTTPRoutes of the same host and parent: both are made VirtualServices of one name, in the
     * namespace of the oldest of each kind (mergeHTTPRoutes, krt.JoinCollection).
     */
    private void lose() {
        for (Map.Entry<Parent, List<Part>> entry : List.copyOf(parts.entrySet())) {
            Parent parent = entry.getKey();
            if (parent.kind().equals(Kind.GRPC_ROUTE)) {
                String home = entry.getValue().get(0).route().home();
                parts.getOrDefault(parent.of(Kind.HTTP_ROUTE), List.of()).stream()
                        .findFirst()
                        .map(Part::route)
                        .filter(winner -> winner.home().equals(home))
                        .ifPresent(winner -> lose(parent, entry.getValue(), winner));
            }
        }
    }

    private void lose(Parent parent, List<Part> lost, Manifest winner) {
        parts.remove(parent);
        lost.stream()
                .map(part -> Source.of(part.route()).item("spec/parentRefs", 0))
                .forEach(place -> refusals.add(new Refusal(
                        place,
                        "istiod up to 1.29 makes of %s a VirtualService of the same name for host %s, and keeps that"
                                .formatted(winner, parent.host()))));
    }

    public List<GeneratedRoutes> generated() {
        List<GeneratedRoutes> generated = new ArrayList<>(parts.entrySet().stream()
                .sorted(ORDER)
                .map(entry -> merged(entry.getKey(), entry.getValue()))
                .toList());
        generated.addAll(connecting);
        return generated;
    }

    /** The routes that a listener takes or not by labels of their namespaces, which nothing tells, by the listener. */
    public Map<String, List<Source>> undecided() {
        return undecided;
    }

    /** A parent of a route that takes it by none of its listeners, and in a clause why. */
    public record Refusal(Source parent, String why) {}

    public List<Refusal> refusals() {
        return refusals;
    }

    /** The hostnames of routes that some listener takes, though none of them for this hostname. */
    public List<Source> unserved() {
        return unserved;
    }

    private record Offer(JsonNode parent, List<ApiListener> listeners) {
        boolean serves(Manifest route, String host) {
            List<String> hosts = List.of(host.toLowerCase(Locale.ROOT));
            return listeners.stream()
                    .anyMatch(listener ->
                            listener.admits(route, parent, hosts) || listener.mayAdmit(route, parent, hosts));
        }
    }

    /**
     * Parents that are no listeners here, such as Services or Gateways elsewhere, may serve any name, and one that
     * refuses the route may have been meant to.
     */
    private void hostnames(Manifest route) {
        List<String> names = route.texts("/spec/hostnames");
        List<Offer> offers = Fields.items(route.at("/spec/parentRefs")).stream()
                .map(parent -> new Offer(
                        parent,
                        listeners.getOrDefault(
                                ApiListener.reference(
                                        Fields.text(parent.path("namespace")).orElse(route.home()),
                                        parent.path("kind").asText(GATEWAY),
                                        parent.path("name").asText("")),
                                List.of())))
                .toList();
        boolean refused = refusals.stream().anyMatch(refusal -> refusal.parent().manifest() == route);
        if (names.size() < 2
                || refused
                || offers.stream().anyMatch(offer -> offer.listeners().isEmpty())) {
            return;
        }
        List<Source> missing = IntStream.range(0, names.size())
                .filter(index -> offers.stream().noneMatch(offer -> offer.serves(route, names.get(index))))
                .mapToObj(index -> Source.of(route).item("spec/hostnames", index))
                .toList();
        if (missing.size() < names.size()) {
            unserved.addAll(missing);
        }
    }

    private void attach(Manifest route) {
        List<JsonNode> parents = Fields.items(route.at("/spec/parentRefs"));
        for (int index = 0; index < parents.size(); index++) {
            JsonNode parent = parents.get(index);
            Source place = Source.of(route).item("spec/parentRefs", index);
            String namespace = Fields.text(parent.path("namespace")).orElse(route.home());
            String name = parent.path("name").asText("");
            switch (parent.path("kind").asText(GATEWAY)) {
                case GATEWAY, "ListenerSet", "XListenerSet" ->
                    toGateway(
                            route,
                            place,
                            listeners.getOrDefault(
                                    ApiListener.reference(
                                            namespace, parent.path("kind").asText(GATEWAY), name),
                                    List.of()));
                case "Service" ->
                    toService(
                            route,
                            parent,
                            HostName.ofService(name, namespace, mesh.domain()),
                            namespace.equals(route.home()));
                case "ServiceEntry" ->
                    entries.stream()
                            .filter(entry -> entry.home().equals(namespace)
                                    && entry.name().equals(name))
                            .flatMap(entry -> entry.texts("/spec/hosts").stream())
                            .forEach(host -> toService(
                                    route, parent, host.toLowerCase(Locale.ROOT), namespace.equals(route.home())));
                default -> {}
            }
        }
    }

    private void toGateway(Manifest route, Source place, List<ApiListener> candidates) {
        JsonNode parent = place.value();
        List<String> written = route.texts("/spec/hostnames").stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .toList();
        List<String> hosts = written.isEmpty() ? List.of("*") : written;
        if (candidates.stream()
                .noneMatch(
                        listener -> listener.admits(route, parent, hosts) || listener.mayAdmit(route, parent, hosts))) {
            candidates.stream()
                    .flatMap(listener -> listener.refusal(route, parent, hosts).stream())
                    .findFirst()
                    .ifPresent(why -> refusals.add(new Refusal(place, why)));
        }
        for (ApiListener listener : candidates) {
            if (listener.mayAdmit(route, parent, hosts)) {
                undecided
                        .computeIfAbsent(listener.server().gateway(), none -> new ArrayList<>())
                        .add(Source.of(route).at("/spec/parentRefs"));
            }
            if (listener.admits(route, parent, hosts)) {
                if (isConnecting(route)) {
                    connect(route, listener, hosts);
                    continue;
                }
                hosts.stream()
                        .filter(host -> listener.keeps(host, candidates))
                        .forEach(host -> add(
                                new Parent(kind(route), listener.server().gateway(), host, "", true),
                                new Part(route, Optional.empty())));
            }
        }
    }

    private Kind kind(Manifest route) {
        return channel.version().mergesGrpcRoutes() ? Kind.HTTP_ROUTE : route.kind();
    }

    private static boolean isConnecting(Manifest route) {
        return route.kind().equals(Kind.TLS_ROUTE) || route.kind().equals(Kind.TCP_ROUTE);
    }

    private void connect(Manifest route, ApiListener listener, List<String> hosts) {
        List<String> names = channel.version().narrowsTlsRoutes() ? listener.narrowed(hosts) : hosts;
        VirtualService owner =
                new VirtualService(route, hosts, List.of(listener.server().gateway()), Export.everywhere(route.home()));
        connecting.add(new GeneratedRoutes(owner, List.of(), new ApiConnections(route, mesh).atListener(owner, names)));
    }

    private void toService(Manifest route, JsonNode parent, String host, boolean isOwn) {
        Optional<Integer> port = Fields.number(parent.path("port"));
        if (isConnecting(route)) {
            VirtualService owner = new VirtualService(
                    route, List.of(host), List.of(VirtualService.MESH), Export.everywhere(route.home()));
            connecting.add(
                    new GeneratedRoutes(owner, List.of(), new ApiConnections(route, mesh).onMesh(owner, host, port)));
            return;
        }
        String viewer =
                port.map(number -> "%s~%d".formatted(route.home(), number)).orElse(route.home());
        add(new Parent(kind(route), VirtualService.MESH, host, viewer, isOwn), new Part(route, port));
    }

    private void add(Parent parent, Part part) {
        List<Part> there = parts.computeIfAbsent(parent, none -> new ArrayList<>());
        if (!there.contains(part)) {
            there.add(part);
        }
    }

    private GeneratedRoutes merged(Parent parent, List<Part> merged) {
        Manifest first = oldestFirst(merged).get(0).route();
        VirtualService owner = new VirtualService(
                first, List.of(parent.host()), List.of(parent.gateway()), export(first, parent.isOwn()));
        List<HttpRoute> routes = new ArrayList<>();
        for (Part part : oldestFirst(merged)) {
            List<ApiRule> rules = rules(part.route());
            if (UnknownParts.of(part.route(), channel.version()).findAny().isEmpty()) {
                rules.forEach(rule -> routes.addAll(rule.routes(owner, part.port())));
            }
        }
        return new GeneratedRoutes(
                owner, routes.stream().sorted(RoutePrecedence.OF_GATEWAY_API).toList(), Map.of());
    }

    /** Each kind is in order already, and both may be here. */
    private static List<Part> oldestFirst(List<Part> parts) {
        return parts.stream()
                .sorted(Comparator.comparing(Part::route, Age.OLDEST_FIRST))
                .toList();
    }

    private List<ApiRule> rules(Manifest route) {
        List<ApiRule> rules = new ArrayList<>();
        for (int index = 0; index < route.at("/spec/rules").size(); index++) {
            rules.add(new ApiRule(Source.of(route).item("spec/rules", index), index, mesh));
        }
        return rules;
    }

    /** A route for a service of another namespace concerns the callers of its own namespace only. */
    private static Export export(Manifest route, boolean isOwn) {
        return isOwn ? Export.everywhere(route.home()) : Export.own(route.home());
    }
}
