package io.meshwright.check.evidence;

import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.HostName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The hosts that the certificate in a Secret is for.
 *
 * @param owner the Certificate of cert-manager that makes the Secret, or the Secret itself where it lies open
 * @param hosts in lower case; a wildcard stands for one label (RFC 6125, 6.4.3)
 */
public record CertifiedHosts(Manifest owner, Set<String> hosts) {
    /** Empty where nothing tells what the Secret will hold. */
    public static Optional<CertifiedHosts> of(Mesh mesh, String namespace, String secret) {
        List<Manifest> issued = mesh.gatewaySecrets().certificates(namespace, secret);
        return issued.isEmpty()
                ? mesh.manifests()
                        .find(Kind.SECRET, namespace, secret)
                        .map(open -> new CertifiedHosts(open, new CertificateText(open).hosts()))
                        .filter(open -> !open.hosts().isEmpty())
                : Optional.of(new CertifiedHosts(issued.get(0), asked(issued)));
    }

    private static Set<String> asked(List<Manifest> certificates) {
        Set<String> hosts = new TreeSet<>();
        for (Manifest certificate : certificates) {
            Stream.concat(
                            Fields.items(certificate.at("/spec/dnsNames")).stream(),
                            Stream.of(certificate.at("/spec/commonName")))
                    .map(name -> name.asText("").toLowerCase(Locale.ROOT))
                    .filter(name -> !name.isEmpty())
                    .forEach(hosts::add);
        }
        return hosts;
    }

    /** True if a client that asks for the host, or for some host of a wildcard, takes the certificate. */
    public boolean cover(String host) {
        return hosts.stream()
                .anyMatch(name -> HostName.isWildcard(host) ? HostName.within(name, host) : covers(name, host));
    }

    private static boolean covers(String name, String host) {
        return name.equals(host)
                || HostName.isWildcard(name)
                        && host.indexOf('.') > 0
                        && host.substring(host.indexOf('.')).equals(name.substring(1));
    }
}
