package io.meshwright.mesh.policy;

import io.meshwright.mesh.terms.Attribute;
import io.meshwright.mesh.terms.HttpRequest;
import java.util.Optional;

/**
 * One call as the authorization of a proxy sees it: {@code http} is empty for a connection that is not read as HTTP,
 * {@code port} is where the proxy's pod receives it, {@code principal} has no {@code spiffe://}, {@code address} is the
 * other end of the connection, {@code remoteAddress} what X-Forwarded-For makes of it, {@code requestPrincipal} issuer
 * and subject of a verified token.
 */
public record Call(
        Optional<HttpRequest> http,
        int port,
        Attribute principal,
        Attribute address,
        Attribute remoteAddress,
        Attribute requestPrincipal,
        Attribute sni) {
    /** A call of which only the port is known, and that it carries no token. */
    public static Call to(int port) {
        return new Call(
                Optional.empty(),
                port,
                Attribute.unknown(),
                Attribute.unknown(),
                Attribute.unknown(),
                Attribute.absent(),
                Attribute.unknown());
    }

    public Call with(HttpRequest request) {
        return new Call(Optional.of(request), port, principal, address, remoteAddress, requestPrincipal, sni);
    }

    /** The caller's identity, absent for plaintext. */
    public Call from(Attribute caller) {
        return new Call(http, port, caller, address, remoteAddress, requestPrincipal, sni);
    }

    public Call at(Attribute connection, Attribute remote) {
        return new Call(http, port, principal, connection, remote, requestPrincipal, sni);
    }

    /** With a verified token's issuer and subject; its claims belong to the request. */
    public Call withToken(Attribute issuerAndSubject) {
        return new Call(http, port, principal, address, remoteAddress, issuerAndSubject, sni);
    }
}
