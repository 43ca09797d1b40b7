package io.meshwright.environment;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Email;
import io.meshwright.value.Host;
import io.meshwright.value.Require;
import io.meshwright.value.Sample;
import io.meshwright.value.SecretRef;
import io.meshwright.value.security.DnsProvider;
import io.meshwright.value.security.InternalAuthority;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The issuer of certificates: ACME, proven by DNS records, which wildcards need, or by an answer on port 80; or a CA of
 * one's own.
 */
@Doc("Who issues certificates: ACME, proven by DNS records or by an answer on port 80; or a CA of one's own.")
@Sample("{email: platform@example.org, zones: [example.org], cloudflareToken: cloudflare/token}")
public record Certificates(
        @Nullable @Doc("Told before a certificate expires unrenewed; required for ACME.")
        Email email,

        @Defaulted @Doc("Zones that may be proven by DNS records.")
        List<Host> zones,

        @Nullable
        @Doc("Cloudflare token (Zone-DNS-Edit, Zone-Zone-Read), as secret/key in the cert-manager namespace, for zones"
                + " at Cloudflare.")
        SecretRef cloudflareToken,

        @Nullable @Doc("Who serves the zones, where it is not Cloudflare.")
        DnsProvider dns01,

        @Defaulted
        @Doc("Whether hosts outside the zones are proven by an answer on port 80 of the first gateway; never wildcards;"
                + " default false.")
        Boolean http01,

        @Nullable @Doc("A CA of one's own, in the place of ACME.")
        InternalAuthority ca) {
    public Certificates {
        zones = zones == null ? List.of() : List.copyOf(zones);
        http01 = http01 != null && http01;
        if (ca == null) {
            acme(email, zones, cloudflareToken, dns01, http01);
        } else {
            Require.that(
                    email == null && zones.isEmpty() && cloudflareToken == null && dns01 == null && !http01,
                    "ca",
                    "asks nobody for a proof",
                    "remove email, zones, cloudflareToken, dns01 and http01, or ca");
        }
    }

    private static void acme(
            @Nullable Email email,
            List<Host> zones,
            @Nullable SecretRef cloudflareToken,
            @Nullable DnsProvider dns01,
            boolean http01) {
        Require.present("email", email);
        boolean byDns = cloudflareToken != null || dns01 != null;
        Require.that(
                byDns || http01,
                "cloudflareToken",
                "is missing",
                "add it, or another proof: dns01 or http01; or a ca of your own");
        Require.that(
                cloudflareToken == null || dns01 == null,
                "dns01",
                "is given beside cloudflareToken, and one of them serves the zones",
                "remove one");
        Require.that(!byDns || !zones.isEmpty(), "zones", "is empty", "give at least one entry");
        Require.that(
                byDns || zones.isEmpty(),
                "zones",
                "is proven by nobody",
                "give cloudflareToken or dns01, or remove it: http01 needs no zones");
    }

    /** True if records are written. */
    public boolean provesByDns() {
        return cloudflareToken != null || dns01 != null;
    }

    /** True if a record in one of the zones proves the host. */
    public boolean provesByDns(Host host) {
        String name = host.toString().replaceFirst("^\\*\\.", "");
        return zones.stream()
                .map(Host::toString)
                .anyMatch(zone -> name.equals(zone) || name.endsWith(".".concat(zone)));
    }

    /** True if an answer on port 80 proves the host. */
    public boolean provesByHttp(Host host) {
        return http01 && !host.isWildcard() && !provesByDns(host);
    }

    /** Annotations of cert-manager's service account. */
    public Map<String, String> identity() {
        return Optional.ofNullable(dns01).map(DnsProvider::identity).orElse(Map.of());
    }

    /** Labels of cert-manager's pods. */
    public Map<String, String> labels() {
        return Optional.ofNullable(dns01).map(DnsProvider::labels).orElse(Map.of());
    }
}
