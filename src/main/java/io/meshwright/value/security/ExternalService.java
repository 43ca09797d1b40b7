package io.meshwright.value.security;

import io.meshwright.value.Cidr;
import io.meshwright.value.Doc;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.IpAddress;
import io.meshwright.value.KeyPath;
import java.util.List;

/** Something outside the mesh that services may call; each kind knows its ports and how a proxy recognizes them. */
@Doc("Something outside the mesh that services may call.")
public sealed interface ExternalService
        permits AzurePostgres, EventHubs, HttpsApi, KeycloakIssuer, Slack, OwnServer, PlainTcp {
    List<Host> hosts();

    List<ExternalPort> ports();

    /** Blocks that hold the host's addresses; empty: public addresses that nobody can list. */
    List<Cidr> networks();

    /** Addresses that are used instead of the DNS; empty: the DNS is asked. */
    default List<IpAddress> endpoints() {
        return List.of();
    }

    /** True if calls leave the cluster through the egress gateway. */
    Boolean egressGateway();

    /** True if applications call {@code http://} and their sidecar adds TLS. */
    default boolean originatesTls() {
        return false;
    }

    /** Returns the way in which a proxy finds the host's addresses. */
    default Resolution resolution() {
        if (!endpoints().isEmpty()) {
            return Resolution.STATIC;
        }
        return hosts().stream().anyMatch(Host::isWildcard) ? Resolution.NONE : Resolution.DNS;
    }

    /**
     * True if some port can be told apart by address alone, so that each host needs one of its own (istio.io, DNS
     * proxying).
     */
    default boolean needsOwnAddress() {
        return endpoints().isEmpty() && ports().stream().anyMatch(port -> port.protocol() == ExternalPort.Protocol.TCP);
    }

    /** The refusal of one that no service calls, at its place in a file or a construct. */
    static InvalidValue unused(KeyPath at) {
        return new InvalidValue(at, "nobody calls it", "add it to uses of a service, or remove it");
    }

    /** In ServiceEntry's words. */
    enum Resolution {
        DNS,
        STATIC,
        NONE
    }
}
