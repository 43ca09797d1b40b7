package io.meshwright.incident.cause;

import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Statuses that no server and no proxy of the mesh gives, but Cloudflare before it where it gets no answer
 * (developers.cloudflare.com, "Cloudflare 5xx errors").
 */
final class EdgeCauses {
    private record Told(String what, String remedy) {}

    private static final Map<Integer, Told> STATUSES = Map.of(
            520,
            new Told(
                    "Cloudflare got an answer from the gateway's address that it cannot read: empty, broken off, or with headers that are too large",
                    "Look at the gateway's log at that moment; a line that is missing there was answered by something before it."),
            521,
            new Told(
                    "the gateway's address refuses the connection of Cloudflare: nothing listens on the port that its TLS mode asks for (443 in every mode but Flexible), or a firewall refuses its ranges",
                    "Compare that mode with the servers of the Gateway, and the addresses that the balancer admits with Cloudflare's ranges."),
            522,
            new Told(
                    "the gateway's address does not answer Cloudflare's connection: wrong address in DNS, a firewall that drops its ranges, or no gateway pod",
                    "Ask the address from outside; compare DNS with the balancer's address, and what it admits with Cloudflare's ranges."),
            523,
            new Told(
                    "Cloudflare has no way to the address that DNS names for the gateway",
                    "Compare DNS with the balancer's address."),
            524,
            new Told(
                    "the connection stood, and no answer began within Cloudflare's own limit, which is about 100 seconds",
                    "Answer earlier: a stream sends its first byte at once, and long work is asked for again until it is done."),
            525,
            new Told(
                    "the TLS handshake between Cloudflare and the gateway fails: no server of TLS for that host and port, or no certificate there",
                    "Look for the host among the servers of the Gateway, and for its Secret in the gateway pod's namespace."),
            526,
            new Told(
                    "Cloudflare does not trust the certificate of the gateway, as its mode Full (strict) asks for",
                    "Put a certificate of a public or of Cloudflare's own authority, for that host and still valid, into the Secret."));

    private EdgeCauses() {}

    /** Empty for a status that others give too. */
    static Optional<Cause> of(Mesh mesh, int status) {
        return Optional.ofNullable(STATUSES.get(status))
                .map(told -> new Cause(told.what(), gateways(mesh), told.remedy()));
    }

    private static List<Source> gateways(Mesh mesh) {
        return mesh.manifests().kind(Kind.GATEWAY).stream()
                .map(gateway -> Source.of(gateway).at("/spec/servers"))
                .toList();
    }
}
