package io.meshwright.mesh.policy;

import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Wildcard;
import io.meshwright.value.istio.IstioNames;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The mesh's own trust domain and its aliases, which stand for each other where a sidecar or gateway compares
 * identities (security/trustdomain/bundle.go).
 */
record TrustDomains(List<String> own) {
    private static final String POINTER = IstioNames.TRUST_DOMAIN.value();
    private static final String ANY = "*";
    private static final int PARTS_OF_IDENTITY = 5;

    static TrustDomains of(MeshConfig mesh) {
        return new TrustDomains(Stream.concat(Stream.of(mesh.trustDomain()), mesh.trustDomainAliases().stream())
                .toList());
    }

    /**
     * Callers that the value of {@code principals} fits. In an identity of five parts an own domain, and
     * {@code cluster.local} whatever the own is called, stands for all own ones; any other value counts as it is
     * written.
     */
    Predicate<String> principal(String pattern) {
        String[] parts = pattern.split("/", -1);
        String domain = parts[0];
        if (parts.length != PARTS_OF_IDENTITY || domain.equals(ANY) || !means(domain)) {
            return caller -> Wildcard.fits(pattern, caller);
        }
        String rest = pattern.substring(domain.length());
        List<String> meant = own.stream()
                .map(each -> domain.startsWith(ANY) && Wildcard.fits(domain, each) ? pattern : each.concat(rest))
                .toList();
        return caller -> meant.stream().anyMatch(each -> Wildcard.fits(each, caller));
    }

    /** Callers that the value of {@code trustDomains} fits; {@code cluster.local} means nothing else here. */
    Predicate<String> domain(String pattern) {
        List<String> meant = own.contains(pattern) ? own : List.of(pattern);
        return caller -> meant.stream().anyMatch(domain -> Wildcard.fits(domain, caller.split("/", 2)[0]));
    }

    private boolean means(String domain) {
        return domain.equals(POINTER)
                || own.stream().anyMatch(each -> Wildcard.fits(domain, each) || Wildcard.fits(each, domain));
    }
}
