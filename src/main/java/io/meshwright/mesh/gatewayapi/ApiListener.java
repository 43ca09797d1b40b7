package io.meshwright.mesh.gatewayapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.gateway.Server.ServedHost;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Namespaces;
import io.meshwright.mesh.workload.Selector;
import io.meshwright.value.istio.IstioLabels;
import io.meshwright.value.istio.IstioNames;
import io.meshwright.value.istio.IstioPorts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One listener of a Gateway of the Gateway API and the server that istiod makes of it; {@code hostname} is empty for
 * all hosts, {@code undecided} are the namespaces of which no labels are known that it asks for
 * (pilot/pkg/config/kube/gateway/conversion.go, buildListener).
 */
record ApiListener(Server server, String section, String hostname, List<String> undecided) {
    private static final String ANY = "*";
    private static final String TERMINATE_MODE = IstioNames.TLS_TERMINATE_MODE;
    private static final Set<String> HTTP_ROUTES = Set.of("HTTPRoute", "GRPCRoute");

    /** Empty for a listener without a port; a ListenerSet may write it for the Gateway. */
    static Optional<ApiListener> of(Source source, Manifest gateway, Namespaces namespaces) {
        Manifest owner = source.manifest();
        JsonNode listener = owner.at(source.pointer());
        String section = listener.path("name").asText("");
        String hostname = listener.path("hostname").asText("").toLowerCase(Locale.ROOT);
        String host = hostname.isEmpty() ? ANY : hostname;
        JsonNode wanted = listener.at("/allowedRoutes/namespaces");
        List<ServedHost> hosts = admitted(owner, wanted, namespaces).stream()
                .map(namespace -> new ServedHost(namespace, host, source.at("/hostname")))
                .toList();
        Protocol protocol = Protocol.of(listener.path("protocol").asText("")).orElse(Protocol.SNIFFED);
        return Fields.number(listener.path("port"))
                .map(port -> new ApiListener(
                        new Server(
                                source,
                                "%s/%s".formatted(reference(owner), section),
                                port,
                                section,
                                protocol,
                                "",
                                hosts,
                                Server.Tls.of(tls(owner, gateway, listener))),
                        section,
                        hostname,
                        undecided(wanted, namespaces)));
    }

    /**
     * False for a listener of HTTPS or TLS that leaves open what becomes of TLS, such as one for ListenerSets alone.
     */
    static boolean saysTls(Source listener) {
        boolean encrypted = Set.of("HTTPS", "TLS")
                .contains(listener.value().path("protocol").asText(""));
        return !encrypted || listener.value().path("tls").isObject();
    }

    /** The key of a Gateway's or a ListenerSet's listeners, which may share name and namespace. */
    static String reference(Manifest owner) {
        return reference(owner.home(), owner.kind().name(), owner.name());
    }

    /** The same by what a route's parentRef says. */
    static String reference(String namespace, String kind, String name) {
        return kind.equals("Gateway")
                ? "%s/%s".formatted(namespace, name)
                : "%s/%s/%s".formatted(namespace, kind, name);
    }

    private static List<String> undecided(JsonNode wanted, Namespaces namespaces) {
        Selector selector = Selector.of(wanted.path("selector"));
        return wanted.path("from").asText("").equals("Selector") && Namespaces.asksMore(selector)
                ? namespaces.names().stream()
                        .filter(name -> namespaces.labels(name).isEmpty())
                        .toList()
                : List.of();
    }

    /** The namespaces from which routes may come, {@code *} for any; nothing in the end means one that cannot be. */
    private static List<String> admitted(Manifest owner, JsonNode wanted, Namespaces namespaces) {
        List<String> admitted = switch (wanted.path("from").asText("Same")) {
            case "All" -> List.of(ANY);
            case "Selector" -> selected(Selector.of(wanted.path("selector")), namespaces);
            case "None" -> List.of();
            default -> List.of(owner.home());
        };
        return admitted.isEmpty() ? List.of("~") : admitted;
    }

    private static List<String> selected(Selector selector, Namespaces namespaces) {
        return namespaces.names().stream()
                .filter(name -> namespaces.mayBeSelected(selector, name))
                .toList();
    }

    private static JsonNode tls(Manifest owner, Manifest gateway, JsonNode listener) {
        JsonNode written = listener.path("tls");
        if (!written.isObject()) {
            return written;
        }
        ObjectNode tls = JsonNodeFactory.instance.objectNode();
        if (isForOtherClusters(owner, listener)) {
            return tls.put("mode", "AUTO_PASSTHROUGH");
        }
        if (written.path("mode").asText("Terminate").equals("Passthrough")) {
            return tls.put("mode", "PASSTHROUGH");
        }
        String mode = written.path("options").path(TERMINATE_MODE).asText(validation(gateway, listener));
        tls.put("mode", mode.equals("ISTIO_SIMPLE") ? "SIMPLE" : mode);
        Fields.text(written.at("/certificateRefs/0/name")).ifPresent(name -> tls.put("credentialName", name));
        return tls;
    }

    /** The mode of TLS by the Gateway's own demands on clients of the port, or of all ports (resolveGatewayTLS). */
    private static String validation(Manifest gateway, JsonNode listener) {
        JsonNode frontend = gateway.at("/spec/tls/frontend");
        JsonNode tls = Fields.items(frontend.path("perPort")).stream()
                .filter(own -> own.path("port").equals(listener.path("port")))
                .findFirst()
                .map(own -> own.path("tls"))
                .orElse(frontend.path("default"));
        boolean lenient = tls.at("/validation/mode").asText("").equals("AllowInsecureFallback");
        return !tls.path("validation").isObject() ? "SIMPLE" : lenient ? "OPTIONAL_MUTUAL" : "MUTUAL";
    }

    /** By its own option, or by the port that a gateway between networks has for it (IsAutoPassthrough). */
    private static boolean isForOtherClusters(Manifest owner, JsonNode listener) {
        boolean asked = listener.at("/tls/options")
                .path(IstioNames.LISTENER_PROTOCOL)
                .asText("")
                .equals("auto-passthrough");
        return asked
                || owner.labels().containsKey(IstioLabels.NETWORK)
                        && owner.labels()
                                .getOrDefault(IstioLabels.GATEWAY_PORT, IstioPorts.CROSS_NETWORK.toString())
                                .equals(listener.path("port").asText(""));
    }

    /** True if a route of that kind and namespace may attach itself here by this parentRef (referenceAllowed). */
    boolean admits(Manifest route, JsonNode parent, List<String> hostnames) {
        boolean served = server.hosts().stream()
                .filter(own -> own.admits(route.home()))
                .anyMatch(own -> hostnames.stream().anyMatch(host -> HostName.overlap(own.host(), host)));
        return isMeant(parent) && served && takes(route.kind().name());
    }

    /** The names that both a route and the listener have (constrainTLSRoutesToListenerHost). */
    List<String> narrowed(List<String> hostnames) {
        return server.hosts().stream()
                .flatMap(own -> hostnames.stream().flatMap(name -> HostName.intersection(own.host(), name).stream()))
                .distinct()
                .toList();
    }

    /** Why a route may not attach itself here that means this listener; the first reason that Istio comes upon. */
    Optional<String> refusal(Manifest route, JsonNode parent, List<String> hostnames) {
        if (!isMeant(parent) || admits(route, parent, hostnames) || mayAdmit(route, parent, hostnames)) {
            return Optional.empty();
        }
        String why = !takes(route.kind().name())
                ? "takes no %s".formatted(route.kind().name())
                : server.hosts().stream().noneMatch(own -> own.admits(route.home()))
                        ? "takes no routes of namespace \"%s\" (allowedRoutes, by default those of its own alone)"
                                .formatted(route.home())
                        : "has the hostname \"%s\", which none of the route's meets".formatted(hostname);
        return Optional.of(
                "listener \"%s\" of %s %s".formatted(section, server.source().manifest(), why));
    }

    private boolean isMeant(JsonNode parent) {
        return Fields.number(parent.path("port"))
                        .map(port -> port == server.port())
                        .orElse(true)
                && Fields.text(parent.path("sectionName")).map(section::equals).orElse(true);
    }

    /** True if the same hangs on labels of the route's namespace, which nothing tells. */
    boolean mayAdmit(Manifest route, JsonNode parent, List<String> hostnames) {
        return undecided.contains(route.home())
                && isMeant(parent)
                && takes(route.kind().name())
                && hostnames.stream().anyMatch(host -> hostname.isEmpty() || HostName.overlap(hostname, host));
    }

    /** True if a listener of its protocol can serve routes of a kind (conditions.go, generateSupportedKinds). */
    private boolean takes(String kind) {
        List<JsonNode> kinds = Fields.items(body().at("/allowedRoutes/kinds"));
        boolean able = switch (server.protocol()) {
            case HTTP, HTTPS -> HTTP_ROUTES.contains(kind);
            case TCP -> kind.equals(Kind.TCP_ROUTE.name());
            // Whether the release takes a TLSRoute where TLS ends is asked when a connection comes.
            case TLS ->
                kind.equals(Kind.TLS_ROUTE.name()) || kind.equals(Kind.TCP_ROUTE.name()) && !server.isPassthrough();
            default -> false;
        };
        return able
                && (kinds.isEmpty()
                        || kinds.stream()
                                .anyMatch(allowed ->
                                        allowed.path("kind").asText("").equals(kind)));
    }

    private JsonNode body() {
        return server.source().manifest().at(server.source().pointer());
    }

    /**
     * True if a route's host belongs to this listener rather than to one of the same Gateway and port that names it
     * more exactly (hostnameAllowedByIsolation).
     */
    boolean keeps(String host, List<ApiListener> all) {
        if (!hostname.isEmpty() && !HostName.isWildcard(hostname)) {
            return true;
        }
        boolean fits = hostname.isEmpty() || HostName.overlap(host, hostname);
        return fits
                && all.stream()
                        .filter(this::rivals)
                        .map(ApiListener::hostname)
                        .noneMatch(other -> hostname.length() <= other.length()
                                && !other.isEmpty()
                                && HostName.within(host, other));
    }

    private boolean rivals(ApiListener other) {
        return !other.hostname.equals(hostname)
                && other.server.port() == server.port()
                && other.server.protocol() == server.protocol();
    }
}
