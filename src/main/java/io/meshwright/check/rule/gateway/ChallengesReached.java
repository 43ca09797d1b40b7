package io.meshwright.check.rule.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.gateway.Ingresses;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An authority that asks by HTTP-01 finds the answer on port 80, where cert-manager puts it as an Ingress of Istio's;
 * httpsRedirect redirects the whole name, that path as well (cert-manager.io, HTTP01; istio.io, Ingress with Cert
 * Manager).
 */
@AutoService(Inspection.class)
public final class ChallengesReached implements Check {
    public static final Rule CHALLENGE_REDIRECTED = Rule.error("MESH350", "challenge_redirected")
            .title("The challenge for a certificate stands behind a redirect to HTTPS")
            .consequence("The answer is not found, and the certificate is neither issued nor renewed.")
            .remedy("Leave httpsRedirect out on port 80 and redirect by a route for everything else, which leaves the"
                    + " longer path to the solver; or solve by dns01.");

    private static final String PATH = "/.well-known/acme-challenge";
    private static final int PLAIN = 80;

    @Override
    public List<Rule> rules() {
        return List.of(CHALLENGE_REDIRECTED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return Stream.of(certificates(mesh), solvers(mesh), routes(mesh)).flatMap(findings -> findings);
    }

    private static Stream<Finding> certificates(Mesh mesh) {
        return mesh.manifests().kind(Kind.CERTIFICATE).stream()
                .flatMap(certificate -> issuer(mesh, certificate).stream()
                        .flatMap(issuer -> names(certificate)
                                .filter(name -> AcmeSolver.of(
                                                issuer,
                                                certificate,
                                                name.value().asText())
                                        .filter(solver ->
                                                solver.isByIngress(mesh.config().ingressClass()))
                                        .isPresent())
                                .flatMap(name -> finding(mesh, certificate, name).stream())));
    }

    /** Ingresses that already stand there for the solver, which are served on port 80 alone. */
    private static Stream<Finding> solvers(Mesh mesh) {
        return mesh.manifests().kind(Kind.INGRESS).stream()
                .filter(ingress -> ingress.at("/spec/tls").isEmpty()
                        && Ingresses.className(ingress).equals(mesh.config().ingressClass()))
                .flatMap(ingress -> Source.of(ingress).items("spec/rules"))
                .flatMap(rule -> rule.at("/http")
                        .items("paths")
                        .filter(path -> path.value().path("path").asText("").startsWith(PATH))
                        .flatMap(path -> redirecting(
                                mesh.gateways().all().stream().filter(gateway -> takesSolvers(mesh, gateway)),
                                rule.value().path("host").asText(""))
                                .map(server -> CHALLENGE_REDIRECTED.at(
                                        path,
                                        redirected(rule.value().path("host").asText(""), server)))
                                .stream()));
    }

    /** Routes for the path on port 80, where the redirect comes before every route. */
    private static Stream<Finding> routes(Mesh mesh) {
        return mesh.virtualServices().all().stream()
                .flatMap(service -> Source.of(service.manifest())
                        .items("spec/http")
                        .flatMap(route -> route.items("match"))
                        .filter(match -> isChallengeOnPlainPort(match.value()))
                        .flatMap(match -> service.hosts().stream()
                                .flatMap(host -> redirecting(
                                        service.gateways().stream()
                                                .flatMap(name -> mesh.gateways().find(name).stream()),
                                        host)
                                        .map(server -> CHALLENGE_REDIRECTED.at(match, redirected(host, server)))
                                        .stream())
                                .limit(1)));
    }

    private static boolean isChallengeOnPlainPort(JsonNode match) {
        return match.path("port").asInt(0) == PLAIN
                && Stream.of("prefix", "exact")
                        .anyMatch(
                                sort -> match.path("uri").path(sort).asText("").startsWith(PATH));
    }

    private static Optional<Server> redirecting(Stream<Gateway> gateways, String host) {
        return gateways.flatMap(gateway -> gateway.servers().stream())
                .filter(server -> server.port() == PLAIN
                        && server.redirectsToHttps()
                        && server.hostNames().stream().anyMatch(served -> HostName.within(host, served)))
                .findFirst();
    }

    private static Stream<Source> names(Manifest certificate) {
        Source source = Source.of(certificate);
        Source common = source.at("/spec/commonName");
        List<String> listed = Fields.texts(certificate.at("/spec/dnsNames"));
        return Stream.concat(
                source.items("spec/dnsNames"),
                Stream.of(common)
                        .filter(name -> name.value().isTextual()
                                && !listed.contains(name.value().asText())));
    }

    private static Optional<Manifest> issuer(Mesh mesh, Manifest certificate) {
        String name = certificate.text("/spec/issuerRef/name").orElse("");
        String kind = certificate.text("/spec/issuerRef/kind").orElse("Issuer");
        return kind.equals("ClusterIssuer")
                ? mesh.manifests().find(new Kind(Kind.CERTIFICATE.group(), kind), name)
                : mesh.manifests().find(new Kind(Kind.CERTIFICATE.group(), kind), certificate.home(), name);
    }

    private static Optional<Finding> finding(Mesh mesh, Manifest certificate, Source name) {
        String host = name.value().asText();
        boolean routed = mesh.virtualServices().all().stream()
                .anyMatch(service -> service.at("/spec/http").toString().contains(PATH)
                        && service.hosts().stream().anyMatch(served -> HostName.within(host, served)));
        return routed
                ? Optional.empty()
                : redirecting(
                                mesh.gateways().all().stream()
                                        .filter(gateway -> takesSolvers(mesh, gateway) || shows(gateway, certificate)),
                                host)
                        .map(server -> CHALLENGE_REDIRECTED.at(name, redirected(host, server)));
    }

    private static boolean takesSolvers(Mesh mesh, Gateway gateway) {
        return mesh.config()
                .ingressSelector()
                .equals(gateway.selector().labels().get("istio"));
    }

    /** True if the certificate is for the gateway itself, to which the name then leads. */
    private static boolean shows(Gateway gateway, Manifest certificate) {
        String secret = certificate.text("/spec/secretName").orElse("");
        return !secret.isEmpty()
                && gateway.servers().stream()
                        .anyMatch(server -> server.source()
                                .at("/tls/credentialName")
                                .value()
                                .asText("")
                                .equals(secret));
    }

    private static String redirected(String host, Server server) {
        return "%s redirects all of %s to HTTPS, so the authority does not find the answer on port 80"
                .formatted(server.source().manifest(), host);
    }
}
