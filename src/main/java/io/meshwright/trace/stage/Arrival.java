package io.meshwright.trace.stage;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.mesh.policy.Call;
import io.meshwright.mesh.policy.Token;
import io.meshwright.mesh.terms.Attribute;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.PathReading;
import io.meshwright.trace.request.Request;
import java.util.Optional;

/**
 * A request as it comes to a proxy: {@code opaque} where the proxy sees bytes only, {@code principal} who the
 * connection proves to come from, {@code address} the other end of the connection, {@code remote} what X-Forwarded-For
 * makes of it, {@code sni} empty without TLS.
 */
record Arrival(
        HttpRequest http,
        boolean opaque,
        Optional<Token> token,
        Attribute principal,
        Attribute address,
        Attribute remote,
        String sni,
        Content content) {
    /** The content that the connection carries in the end, inside the TLS that proxies add. */
    enum Content {
        HTTP,
        /** TLS that the client began itself and no proxy has ended. */
        TLS,
        /** The same inside TLS of a proxy's. */
        TLS_IN_TLS,
        BYTES;

        static Content of(Request request) {
            return request.isEncrypted() ? TLS : request.isBytes() ? BYTES : HTTP;
        }
    }

    /** A caller inside the cluster, before its own proxy. */
    static Arrival inside(Request request, PathReading reading) {
        return new Arrival(
                request.http(reading),
                request.isBytes() || request.isEncrypted(),
                request.token(),
                Attribute.absent(),
                Attribute.unknown(),
                Attribute.unknown(),
                request.serverName(),
                Content.of(request));
    }

    boolean isEncrypted() {
        return !sni.isEmpty();
    }

    Arrival with(HttpRequest changed) {
        return new Arrival(changed, opaque, token, principal, address, remote, sni, content);
    }

    /** As the next proxy sees it, which knows nothing of what this one verified. */
    Arrival forwarded() {
        return with(new HttpRequest(
                http.method(),
                http.scheme(),
                http.authority(),
                http.path(),
                http.query(),
                http.headers(),
                Optional.empty()));
    }

    Arrival withToken(Optional<Token> carried) {
        return new Arrival(http, opaque, carried, principal, address, remote, sni, content);
    }

    /** After a proxy that takes out the token which it read, so that nobody behind it sees it. */
    Arrival without(Token read) {
        Arrival rest = with(read.removedFrom(http));
        return read.proven() ? rest.withToken(Optional.empty()) : rest;
    }

    Arrival from(Attribute identity) {
        return new Arrival(http, opaque, token, identity, address, remote, sni, content);
    }

    Arrival at(Attribute connection, Attribute forwarded) {
        return new Arrival(http, opaque, token, principal, connection, forwarded, sni, content);
    }

    Arrival asBytes() {
        return new Arrival(http, true, token, principal, address, remote, sni, content);
    }

    /** As a proxy sees it that reads HTTP, whatever the one before took it for. */
    Arrival asHttp() {
        return new Arrival(http, false, token, principal, address, remote, sni, content);
    }

    /** Inside TLS that a proxy begins, which shows that name. */
    Arrival withSni(String name) {
        Content inside = content == Content.TLS ? Content.TLS_IN_TLS : content;
        return new Arrival(http, opaque, token, principal, address, remote, name, inside);
    }

    /** As a proxy reads it that ended the TLS in which another one showed that name. */
    Arrival showing(String name) {
        return new Arrival(http, opaque, token, principal, address, remote, name, content);
    }

    /** After the end of the outer TLS. */
    Arrival ended() {
        Content inner = switch (content) {
            case TLS -> http.scheme().equals("tls") ? Content.BYTES : Content.HTTP;
            case TLS_IN_TLS -> Content.TLS;
            default -> content;
        };
        return new Arrival(http, opaque, token, principal, address, remote, sni, inner);
    }

    /**
     * After the end of the client's TLS before any proxy, which learns of it only if it believes what is told of it.
     */
    Arrival endedBefore(boolean told) {
        Arrival ended = ended();
        HttpRequest plain = told ? http : schemed("http").http();
        return new Arrival(plain, opaque, token, principal, address, remote, "", ended.content());
    }

    /** As a proxy takes it that believes this of the client's scheme. */
    Arrival schemed(String scheme) {
        return with(new HttpRequest(
                http.method(), scheme, http.authority(), http.path(), http.query(), http.headers(), http.claims()));
    }

    /** After the end of the TLS that an application inside began, whose HTTP a proxy can read from here on. */
    Arrival opened() {
        Arrival ended = ended();
        return new Arrival(
                http, ended.content() != Content.HTTP, token, principal, address, remote, "", ended.content());
    }

    /** As the authorization of a pod that receives it on a port sees it. */
    Call call(int port) {
        Attribute requestPrincipal = http.claims().map(Arrival::subject).orElse(Attribute.absent());
        return new Call(
                opaque ? Optional.empty() : Optional.of(http),
                port,
                principal,
                address,
                remote,
                requestPrincipal,
                sni.isEmpty() ? Attribute.absent() : Attribute.known(sni));
    }

    private static Attribute subject(JsonNode claims) {
        return Attribute.known("%s/%s"
                .formatted(claims.path("iss").asText(""), claims.path("sub").asText("")));
    }
}
