package io.meshwright.check.rule.gateway;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.check.evidence.UsualGateway;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.gateway.GatewaySecrets;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.stream.Stream;

/**
 * A gateway reads the Secret of a certificate from the namespace of its pods, whatever the namespace of the Gateway
 * object.
 */
@AutoService(Inspection.class)
public final class CertificateBesideGateway implements Check {
    public static final Rule CERTIFICATE_MISSING = Rule.error("MESH155", "certificate_missing")
            .title("The Secret of a certificate is not where the gateway looks")
            .twins("IST0101", "IST0161")
            .consequence("The server ends every TLS handshake.")
            .remedy(
                    "Put the Secret into the namespace of the gateway's pods, or that which a listener of the Gateway API"
                            + " names, or declare it in an Externals object.");

    @Override
    public List<Rule> rules() {
        return List.of(CERTIFICATE_MISSING);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        GatewaySecrets secrets = mesh.gatewaySecrets();
        return mesh.gateways().opening().stream()
                .flatMap(gateway ->
                        gateway.servers().stream().flatMap(server -> finding(mesh, gateway, server, secrets)));
    }

    private static Stream<Finding> finding(Mesh mesh, Gateway gateway, Server server, GatewaySecrets secrets) {
        if (secrets.isEmpty() || server.tls().credentialName().isEmpty() || !server.isTls()) {
            return Stream.empty();
        }
        String name = server.tls().credentialName().get();
        return server.secretNamespace()
                .map(namespace -> named(mesh, server, namespace, name, secrets))
                .orElseGet(() -> besidePods(mesh, gateway, server, name, secrets));
    }

    private static Stream<Finding> named(
            Mesh mesh, Server server, String namespace, String name, GatewaySecrets secrets) {
        return secrets.has(namespace, name) || mesh.externals().hasSecret(namespace, name)
                ? Stream.empty()
                : Stream.of(Completeness.weighed(
                        CERTIFICATE_MISSING.at(
                                server.source().at("/tls/certificateRefs/0"),
                                "there is no Secret \"%s\" in namespace \"%s\", so the listener is not opened"
                                        .formatted(name, namespace)),
                        secrets.tellOf(namespace, name)));
    }

    /** The secretName of Istio's Ingress, whose Secrets are read beside the gateway too and not beside the Ingress. */
    private static Source secretOf(Gateway ingress, String name) {
        return Source.of(ingress.manifest())
                .items("spec/tls")
                .filter(tls -> tls.value().path("secretName").asText("").equals(name))
                .findFirst()
                .map(tls -> tls.at("/secretName"))
                .orElseGet(() -> Source.of(ingress.manifest()));
    }

    private static Stream<Finding> besidePods(
            Mesh mesh, Gateway gateway, Server server, String name, GatewaySecrets secrets) {
        Source place = gateway.manifest().kind().equals(Kind.INGRESS)
                ? secretOf(gateway, name)
                : server.source().at("/tls/credentialName");
        return UsualGateway.namespaces(mesh, gateway).stream()
                .filter(namespace ->
                        !secrets.has(namespace, name) && !mesh.externals().hasSecret(namespace, name))
                .limit(1)
                .map(namespace -> Completeness.weighed(
                        CERTIFICATE_MISSING.at(
                                place,
                                ("there is no Secret \"%s\" in namespace \"%s\" of the gateway's pods%s, so the "
                                                + "server ends every TLS handshake")
                                        .formatted(
                                                name,
                                                namespace,
                                                secrets.has(gateway.manifest().home(), name)
                                                        ? " (the one in \"%s\" is not read)"
                                                                .formatted(gateway.manifest()
                                                                        .home())
                                                        : "")),
                        secrets.tellOf(namespace, name)));
    }
}
