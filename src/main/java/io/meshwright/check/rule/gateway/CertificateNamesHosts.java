package io.meshwright.check.rule.gateway;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.CertifiedHosts;
import io.meshwright.check.evidence.UsualGateway;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.gateway.Server;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A client takes a certificate for a host that it names, and one label in the place of an asterisk. */
@AutoService(Inspection.class)
public final class CertificateNamesHosts implements Check {
    public static final Rule HOST_NOT_CERTIFIED = Rule.warning("MESH377", "host_not_certified")
            .title("The certificate of a server is for other hosts")
            .consequence("Browsers and other clients that verify names refuse the connection.")
            .remedy("Add the host to dnsNames of the Certificate; *.example.com is for one label before example.com,"
                    + " neither for two nor for example.com itself.");

    @Override
    public List<Rule> rules() {
        return List.of(HOST_NOT_CERTIFIED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.gateways().opening().stream()
                .filter(gateway -> !gateway.manifest().kind().equals(Kind.INGRESS))
                .flatMap(gateway -> gateway.servers().stream()
                        .filter(server -> server.isTls() && !server.isPassthrough() && hasOneCertificate(server))
                        .flatMap(server -> findings(mesh, gateway, server)));
    }

    /** Of several certificates Envoy takes the one that has the name, so each may be for some of the hosts. */
    private static boolean hasOneCertificate(Server server) {
        return server.tls().credentialName().isPresent()
                && server.tls().body().path("tlsCertificates").isMissingNode()
                && server.tls().body().path("credentialNames").isMissingNode()
                && server.source().at("/tls/certificateRefs").value().size() <= 1;
    }

    private static Stream<Finding> findings(Mesh mesh, Gateway gateway, Server server) {
        String secret = server.tls().credentialName().orElseThrow();
        return namespaces(mesh, gateway, server).stream()
                .flatMap(namespace -> CertifiedHosts.of(mesh, namespace, secret).stream())
                .limit(1)
                .flatMap(certified -> served(server)
                        .filter(host -> !host.host().equals("*") && !certified.cover(host.host()))
                        .map(host -> finding(certified, host)));
    }

    private static Set<String> namespaces(Mesh mesh, Gateway gateway, Server server) {
        return server.secretNamespace().map(Set::of).orElseGet(() -> UsualGateway.namespaces(mesh, gateway));
    }

    /** A host that several namespaces may have routes for stands once for each. */
    private static Stream<Server.ServedHost> served(Server server) {
        Map<String, Server.ServedHost> hosts = new LinkedHashMap<>();
        server.hosts().forEach(host -> hosts.putIfAbsent(host.host(), host));
        return hosts.values().stream();
    }

    private static Finding finding(CertifiedHosts certified, Server.ServedHost host) {
        String others = certified.hosts().isEmpty() ? "no host" : String.join(", ", certified.hosts());
        return HOST_NOT_CERTIFIED.at(
                host.source(),
                "%s is for %s, not for \"%s\", so clients refuse the connection"
                        .formatted(certified.owner(), others, host.host()));
    }
}
