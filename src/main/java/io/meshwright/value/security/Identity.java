package io.meshwright.value.security;

import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.istio.IstioNames;
import java.util.Optional;

/**
 * The workload that a mutual TLS certificate names; its principal is always built, never typed (incident I11).
 *
 * @param serviceAccount empty: every service account of the namespace
 */
public record Identity(Host trustDomain, Name namespace, Optional<Name> serviceAccount) {
    public Identity {
        Require.present("trustDomain", trustDomain);
        Require.present("namespace", namespace);
        Require.present("serviceAccount", serviceAccount);
        Require.that(
                !trustDomain.isWildcard(),
                "trustDomain",
                "\"%s\" is a wildcard".formatted(trustDomain),
                "give the mesh's trust domain, such as cluster.local");
    }

    /** One service account of the default trust domain. */
    public static Identity of(Name namespace, Name serviceAccount) {
        return new Identity(IstioNames.TRUST_DOMAIN, namespace, Optional.of(serviceAccount));
    }

    /** Every service account of a namespace of the default trust domain. */
    public static Identity everyIn(Name namespace) {
        return new Identity(IstioNames.TRUST_DOMAIN, namespace, Optional.empty());
    }

    public Identity within(Host otherTrustDomain) {
        return new Identity(otherTrustDomain, namespace, serviceAccount);
    }

    /** As {@code source.principals} of an AuthorizationPolicy compares it, without {@code spiffe://}. */
    public String principal() {
        return "%s/ns/%s/sa/%s"
                .formatted(
                        trustDomain,
                        namespace,
                        serviceAccount.map(Name::toString).orElse("*"));
    }
}
