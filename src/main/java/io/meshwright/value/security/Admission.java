package io.meshwright.value.security;

import io.meshwright.value.Require;
import java.util.List;

/**
 * A declared caller of a server: the one fact from which its AuthorizationPolicy and its NetworkPolicies are made, so
 * that they agree.
 *
 * @param connections what happens on the wire, for each port of the server that the caller may call
 */
public record Admission(
        Party server, Party client, Caller limits, Enforcement enforcement, List<Connection> connections) {
    public Admission {
        Require.present("server", server);
        Require.present("client", client);
        Require.present("limits", limits);
        Require.present("enforcement", enforcement);
        connections = List.copyOf(Require.notEmpty("connections", connections));
    }

    /** Refuses a call that could never arrive: no port that could tell the limits, or plaintext to a STRICT server. */
    public static Admission of(MtlsPlan plan, Party server, Party client, Caller limits, Enforcement enforcement) {
        List<TargetPort> ports = limits.isLimited() ? server.httpPorts() : server.ports();
        Require.that(
                !ports.isEmpty(),
                "allowFrom",
                "\"%s\" may call \"%s\", which has no %s"
                        .formatted(
                                client,
                                server,
                                limits.isLimited() ? "HTTP port on which methods and paths mean something" : "port"),
                limits.isLimited() ? "remove methods and paths, or declare the port as http" : "declare its ports");
        Require.that(
                !limits.isLimited() || server.inMesh(),
                "allowFrom",
                "\"%s\" has no sidecar that could tell methods and paths".formatted(server),
                "remove them, or take it into the mesh");
        List<Connection> connections = ports.stream()
                .map(port -> plan.connection(client, server, port))
                .toList();
        connections.forEach(Admission::requireArrival);
        return new Admission(server, client, limits, enforcement, connections);
    }

    /** True if an AuthorizationPolicy can name the caller on every port. */
    public boolean byIdentity() {
        return connections.stream().allMatch(Connection::provesIdentity);
    }

    private static void requireArrival(Connection connection) {
        Require.that(
                !connection.isBroken(),
                "allowFrom",
                "\"%s\" cannot call port %s of \"%s\": %s"
                        .formatted(connection.client(), connection.port(), connection.server(), connection.why()),
                "take the caller into the mesh, or give the server an exception with the mode PERMISSIVE");
    }
}
