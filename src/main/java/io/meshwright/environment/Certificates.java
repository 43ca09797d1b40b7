package io.meshwright.environment;

import io.meshwright.value.Doc;
import io.meshwright.value.Email;
import io.meshwright.value.Host;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.SecretRef;
import java.util.List;

/** The issuer of certificates: ACME, proven by DNS records at Cloudflare, which wildcards need. */
@Doc("Who issues certificates: ACME, proven by DNS records at Cloudflare.")
public record Certificates(
        @Required @Doc("Told before a certificate expires unrenewed.")
        Email email,

        @Required @Doc("Zones that may be proven.") List<Host> zones,

        @Required @Doc("Cloudflare token (Zone-DNS-Edit, Zone-Zone-Read), as secret/key in the cert-manager namespace.")
        SecretRef cloudflareToken) {
    public Certificates {
        Require.present("email", email);
        zones = Require.notEmpty("zones", zones);
        Require.present("cloudflareToken", cloudflareToken);
    }
}
