package io.meshwright.incident.cause;

import io.meshwright.incident.evidence.Cluster;
import io.meshwright.incident.evidence.Evidence;
import io.meshwright.incident.evidence.Field;

/** Tells what a sidecar does with a host or address that nothing declares, where it sends to declared ones only. */
public final class BlackHole {
    /** The route that istiod makes for such hosts (pilot, buildCatchAllVirtualHost). */
    private static final String ROUTE = "block_all";

    private BlackHole() {}

    /**
     * Tells whether that is what happened: by the name of the cluster or route, or by a connection for which no server
     * is fit and no cluster is told, as older releases log it.
     */
    public static boolean isMeant(Evidence evidence) {
        return evidence.cluster().filter(Cluster::isBlackHole).isPresent()
                || evidence.text(Field.ROUTE_NAME).equals(ROUTE)
                || evidence.isOfConnection()
                        && evidence.flags().contains("UH")
                        && evidence.cluster().isEmpty();
    }

    static Cause cause(Evidence evidence) {
        String name = evidence.value(Field.AUTHORITY)
                .or(() -> evidence.value(Field.REQUESTED_SERVER_NAME))
                .or(() -> evidence.value(Field.DOWNSTREAM_LOCAL_ADDRESS))
                .map(" (%s)"::formatted)
                .orElse("");
        return Cause.of(
                "the sidecar knows nothing under that name or address%s, and sends to what is declared only (REGISTRY_ONLY)"
                        .formatted(name),
                "Declare the host by a ServiceEntry, and see that the caller's Sidecar lets it in.");
    }
}
