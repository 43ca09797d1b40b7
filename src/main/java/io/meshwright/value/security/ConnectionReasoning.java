package io.meshwright.value.security;

import io.meshwright.value.security.Connection.Outcome;

/**
 * Decides one connection in the order in which the proxies do: has the server a sidecar, has the client, what does each
 * say.
 */
final class ConnectionReasoning {
    private final MtlsPlan plan;
    private final Party client;
    private final Party server;
    private final TargetPort port;

    ConnectionReasoning(MtlsPlan plan, Party client, Party server, TargetPort port) {
        this.plan = plan;
        this.client = client;
        this.server = server;
        this.port = port;
    }

    Connection connection() {
        if (!server.inMesh()) {
            return ends(Outcome.PLAINTEXT, "%s has no sidecar".formatted(server));
        }
        MtlsMode mode = plan.effective(server, port);
        if (!client.inMesh()) {
            return mode.acceptsPlaintext()
                    ? ends(Outcome.PLAINTEXT, "%s has no sidecar and %s is %s".formatted(client, server, mode))
                    : ends(
                            Outcome.BROKEN,
                            "%s has no sidecar and %s is STRICT: the connection is reset".formatted(client, server));
        }
        if (!mode.acceptsMutualTls()) {
            return ends(Outcome.PLAINTEXT, "%s is DISABLE".formatted(server));
        }
        return plan.callsWithMutualTls(server, port)
                ? ends(Outcome.MUTUAL_TLS, "both have a sidecar and %s is %s".formatted(server, mode))
                : ends(Outcome.PLAINTEXT, "the DestinationRule of %s says DISABLE".formatted(server));
    }

    private Connection ends(Outcome outcome, String why) {
        return new Connection(client, server, port, outcome, why);
    }
}
