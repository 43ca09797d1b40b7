package io.meshwright.value.gateway;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Host;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.istio.IstioPorts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One port of the gateway and the hosts that it answers for. */
@Doc("One port of the gateway and the hosts that it answers for.")
public record Listener(
        @Required Port port,

        @Required @Doc("HTTP or HTTPS; TLS and TCP for what the gateway does not read.")
        Scheme protocol,

        @Required List<Host> hosts,

        @Nullable @Doc("Required with HTTPS; without it a listener of protocol TLS passes TLS on as it is.")
        Tls tls,

        @Defaulted
        @Doc("Answer every request with a redirect to HTTPS; only where the edge speaks HTTPS to the origin.")
        Boolean redirectToHttps) {
    private static final Host ANY = Host.of("*");

    public Listener {
        Require.present("port", port);
        Require.present("protocol", protocol);
        Require.that(
                !IstioPorts.areTaken(port),
                "port",
                "\"%s\" is one of the gateway's own, 15000 to 15090".formatted(port),
                "listen on another");
        hosts = Require.notEmpty("hosts", hosts);
        redirectToHttps = redirectToHttps != null && redirectToHttps;
        Require.that(
                protocol != Scheme.HTTPS || tls != null,
                "tls",
                "is missing on an HTTPS listener",
                "name the certificate: tls: {credentialName: …}");
        Require.that(
                isInTls(protocol) || tls == null,
                "tls",
                "has no meaning on a listener of protocol %s".formatted(protocol),
                "use protocol: %s, or remove it".formatted(protocol == Scheme.TCP ? Scheme.TLS : Scheme.HTTPS));
        Require.that(
                protocol == Scheme.HTTP || !redirectToHttps,
                "redirectToHttps",
                "is set on a listener of protocol %s".formatted(protocol),
                "set it on the HTTP listener");
        Require.that(
                protocol != Scheme.TCP || hosts.equals(List.of(ANY)),
                "hosts",
                "%s are asked for, and a connection of plain TCP shows no name".formatted(hosts),
                "write [\"*\"], or use protocol: TLS");
    }

    private static boolean isInTls(Scheme protocol) {
        return protocol == Scheme.HTTPS || protocol == Scheme.TLS;
    }

    /** True if the gateway reads requests, so that routes count. */
    public boolean isHttp() {
        return protocol == Scheme.HTTP || protocol == Scheme.HTTPS;
    }

    /** True if TLS goes on to the service as it is. */
    public boolean isPassedOn() {
        return protocol == Scheme.TLS && tls == null;
    }

    /** True if it may share a port with the other, where the name that clients show in TLS chooses. */
    public boolean sharesPort(Listener other) {
        return protocol == other.protocol || isInTls(protocol) && isInTls(other.protocol);
    }

    /** The hosts by whose names clients come; none for plain TCP, where they show none. */
    public List<Host> named() {
        return protocol == Scheme.TCP ? List.of() : hosts;
    }

    /** True if it answers for this host by one of its own. */
    public boolean serves(Host host) {
        return hosts.stream().anyMatch(served -> served.covers(host));
    }

    /**
     * Returns how exactly it names a host that it serves: the host itself above every wildcard, a longer one above a
     * shorter.
     */
    public int exactness(Host host) {
        return hosts.stream()
                .filter(served -> served.covers(host))
                .mapToInt(served -> served.isWildcard() ? served.value().length() : Integer.MAX_VALUE)
                .max()
                .orElse(0);
    }

    /** True if clients must show a certificate, as Cloudflare does in authenticated origin pulls. */
    public boolean asksForClientCertificates() {
        return tls != null && tls.mode() == TlsMode.MUTUAL;
    }
}
