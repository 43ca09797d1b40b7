package io.meshwright.mesh.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One server of a Gateway: a port, the hosts that it serves there and how it treats TLS; {@code bind} is empty for all
 * addresses.
 */
public record Server(
        Source source,
        String gateway,
        int port,
        String portName,
        Protocol protocol,
        String bind,
        List<ServedHost> hosts,
        Tls tls) {
    private static final String ANY = "*";
    private static final String EVERYTHING = "*/*";

    /** The TLS settings of a server; {@code mode} is as Istio writes it, empty without a tls block. */
    public record Tls(String mode, Optional<String> credentialName, boolean httpsRedirect, JsonNode body) {
        public static Tls of(JsonNode tls) {
            // A block without a mode is one of mode PASSTHROUGH: it is the first of the protobuf enumeration.
            String mode = tls.isObject() ? tls.path("mode").asText("PASSTHROUGH") : "";
            return new Tls(
                    mode,
                    Fields.text(tls.path("credentialName")),
                    tls.path("httpsRedirect").asBoolean(false),
                    tls);
        }
    }

    /** A host of a server and the namespace from which routes to it may come, {@code *} for any. */
    public record ServedHost(String namespace, String host, Source source) {
        public boolean admits(String routeNamespace) {
            return namespace.equals(ANY) || namespace.equals(routeNamespace);
        }
    }

    /** {@code source} is the server's place in the Gateway's list. */
    public static Optional<Server> of(Source source) {
        JsonNode server = source.value();
        JsonNode port = server.path("port");
        String gateway =
                "%s/%s".formatted(source.manifest().home(), source.manifest().name());
        return Fields.number(port.path("number"))
                .map(number -> new Server(
                        source,
                        gateway,
                        number,
                        port.path("name").asText(""),
                        Protocol.of(port.path("protocol").asText()).orElse(Protocol.SNIFFED),
                        server.path("bind").asText(""),
                        hosts(source, server.path("hosts")),
                        Tls.of(server.path("tls"))));
    }

    private static List<ServedHost> hosts(Source source, JsonNode hosts) {
        List<ServedHost> served = new ArrayList<>();
        for (int index = 0; index < hosts.size(); index++) {
            String written = hosts.path(index).asText().toLowerCase(Locale.ROOT);
            int slash = written.indexOf('/');
            String namespace = slash < 0
                    ? ANY
                    : written.substring(0, slash)
                            .replaceFirst("^\\.$", source.manifest().home());
            ServedHost host = new ServedHost(namespace, written.substring(slash + 1), source.item("hosts", index));
            if (written.equals(EVERYTHING)) {
                // It replaces the others of its server (sanitizeServerHostNamespace).
                return List.of(host);
            }
            served.add(host);
        }
        return List.copyOf(served);
    }

    /**
     * The namespace of its certificate's Secret where the server names one: a listener of the Gateway API does, or
     * means that of its own object. Else the Secret lies beside the gateway's pods.
     */
    public Optional<String> secretNamespace() {
        Source reference = source.at("/tls/certificateRefs/0");
        return reference.value().isObject()
                ? Optional.of(reference
                        .value()
                        .path("namespace")
                        .asText(source.manifest().home()))
                : Optional.empty();
    }

    /**
     * Ends TLS or passes it on; a tls block on plain HTTP can only ask for a redirect (pkg/config/gateway,
     * IsTLSServer).
     */
    public boolean isTls() {
        return !tls.mode().isEmpty() && !protocol.isHttp();
    }

    /** Reads HTTP, so that routes count. */
    public boolean isHttp() {
        return protocol.isHttp() || protocol == Protocol.HTTPS && isTls() && !isPassthrough();
    }

    /** Leaves TLS to the service behind and routes by SNI. */
    public boolean isPassthrough() {
        return isTls() && (tls.mode().equals("PASSTHROUGH") || tls.mode().equals("AUTO_PASSTHROUGH"));
    }

    /** Sends plain HTTP to HTTPS. */
    public boolean redirectsToHttps() {
        return protocol.isHttp() && tls.httpsRedirect();
    }

    /** The hosts that a route of that namespace gets from this server: where the two meet, the narrower. */
    public Set<String> served(List<String> routeHosts, String routeNamespace) {
        Set<String> served = new LinkedHashSet<>();
        for (ServedHost own : hosts) {
            if (own.admits(routeNamespace)) {
                routeHosts.forEach(
                        host -> HostName.intersection(own.host(), host).ifPresent(served::add));
            }
        }
        return served;
    }

    /** The hosts to which routes of any namespace may come. */
    List<String> anywhere() {
        return hosts.stream()
                .filter(host -> host.namespace().equals(ANY))
                .map(ServedHost::host)
                .toList();
    }

    /**
     * The hosts without the namespaces before them; one that several namespaces have is one (istio,
     * GetSNIHostsForServer).
     */
    public List<String> hostNames() {
        return hosts.stream().map(ServedHost::host).distinct().toList();
    }
}
