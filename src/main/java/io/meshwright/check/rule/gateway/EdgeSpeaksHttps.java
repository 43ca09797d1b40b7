package io.meshwright.check.rule.gateway;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.terms.HostName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A public host that is served without TLS anywhere crosses the Internet, or the way from the edge proxy, in plain
 * text.
 */
@AutoService(Inspection.class)
public final class EdgeSpeaksHttps implements Check {
    public static final Rule EDGE_WITHOUT_HTTPS = Rule.warning("MESH156", "edge_without_https")
            .title("A public host is served in plain text only")
            .consequence("Everything between the client, or its edge proxy, and the gateway can be read and changed.")
            .remedy("Add a server on port 443 with tls mode SIMPLE and a credentialName, and redirect port 80 to it.");

    @Override
    public List<Rule> rules() {
        return List.of(EDGE_WITHOUT_HTTPS);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Set<String> encrypted = mesh.gateways().all().stream()
                .flatMap(gateway -> gateway.servers().stream())
                .filter(Server::isTls)
                .flatMap(server -> server.hostNames().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return mesh.gateways().all().stream()
                .flatMap(gateway -> gateway.servers().stream().flatMap(server -> finding(mesh, server, encrypted)));
    }

    private static Stream<Finding> finding(Mesh mesh, Server server, Set<String> encrypted) {
        if (!server.isHttp() || server.isTls() || server.redirectsToHttps()) {
            return Stream.empty();
        }
        List<String> plain = server.hostNames().stream()
                .filter(host -> isPublic(mesh, host))
                .filter(host -> encrypted.stream().noneMatch(other -> HostName.within(host, other)))
                .filter(host -> !isSentToHttps(mesh, server, host))
                .toList();
        return plain.isEmpty()
                ? Stream.empty()
                : Stream.of(EDGE_WITHOUT_HTTPS.at(
                        server.source(),
                        ("%s is served on port %d in plain text and by no server with TLS: whoever sits on the "
                                        + "way reads and changes everything")
                                .formatted(String.join(", ", plain), server.port())));
    }

    /** True if all that routes answer for it there is a redirect to HTTPS, as a server's own would be. */
    private static boolean isSentToHttps(Mesh mesh, Server server, String host) {
        List<HttpRoute> routes = mesh.virtualServices().visible(server.gateway(), "").stream()
                .filter(service -> service.hosts().stream().anyMatch(other -> HostName.overlap(host, other)))
                .flatMap(service -> mesh.virtualServices().routes(service).stream())
                .toList();
        return !routes.isEmpty()
                && routes.stream()
                        .allMatch(route -> route.isRedirect()
                                && route.field("redirect/scheme")
                                        .value()
                                        .asText()
                                        .equals("https"));
    }

    /** Neither everything nor a name that only the cluster, or nobody, can resolve. */
    private static boolean isPublic(Mesh mesh, String host) {
        boolean reserved = Stream.of(
                        ".".concat(mesh.config().domain()), ".local", ".internal", ".test", ".localhost", ".svc")
                .anyMatch(host::endsWith);
        return host.indexOf('.') >= 0 && !reserved;
    }
}
