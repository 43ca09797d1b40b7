package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Gateway;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Server;
import io.meshwright.mesh.Source;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A gateway reads the Secret of a certificate from the namespace of its pods, whatever the namespace of the Gateway
 * object.
 */
public final class CertificateBesideGateway implements Check {

  private static final Kind CERTIFICATE = new Kind("cert-manager.io", "Certificate");
  private static final Kind EXTERNAL_SECRET = new Kind("external-secrets.io", "ExternalSecret");
  private static final Kind SEALED_SECRET = new Kind("bitnami.com", "SealedSecret");

  @Override
  public Stream<Finding> run(Mesh mesh) {
    Set<String> secrets = secrets(mesh);
    return mesh.gateways().all().stream().flatMap(gateway -> gateway.servers().stream()
        .flatMap(server -> finding(mesh, gateway, server, secrets)));
  }

  /** Every Secret that is written or that something written makes, as namespace/name. */
  private static Set<String> secrets(Mesh mesh) {
    Set<String> secrets = new TreeSet<>();
    mesh.manifests().kind(Kind.SECRET).forEach(secret -> secrets.add(key(secret.home(), secret.name())));
    mesh.manifests().kind(SEALED_SECRET).forEach(secret -> secrets.add(key(secret.home(), secret.name())));
    mesh.manifests().kind(CERTIFICATE).forEach(certificate ->
        certificate.text("/spec/secretName").ifPresent(name -> secrets.add(key(certificate.home(), name))));
    for (Manifest external : mesh.manifests().kind(EXTERNAL_SECRET)) {
      secrets.add(key(external.home(), external.text("/spec/target/name").orElse(external.name())));
    }
    return secrets;
  }

  private static Stream<Finding> finding(Mesh mesh, Gateway gateway, Server server, Set<String> secrets) {
    if (secrets.isEmpty() || server.tls().credentialName().isEmpty() || !server.isTls()) {
      return Stream.empty();
    }
    String name = server.tls().credentialName().get();
    Source place = server.source().at("/tls/credentialName");
    return UsualGateway.namespaces(mesh, gateway).stream()
        .filter(namespace -> !secrets.contains(key(namespace, name)) && !mesh.externals().hasSecret(namespace, name))
            .limit(1)
        .map(namespace -> Rule.CERTIFICATE_MISSING.at(place,
            "there is no Secret \"%s\" in namespace \"%s\" of the gateway's pods%s, so the server ends every TLS handshake".formatted(
                name, namespace, secrets.contains(key(gateway.manifest().home(), name))
                    ? " (the one in \"%s\" is not read)".formatted(gateway.manifest().home()) : "")));
  }

  private static String key(String namespace, String name) {
    return "%s/%s".formatted(namespace, name);
  }
}
