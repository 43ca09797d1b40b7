package io.meshwright.mesh.waypoint;

import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;

/** The names that a waypoint looks up itself, as resolution DYNAMIC_DNS asks (core/listener_waypoint.go). */
public final class NameLookup {
    /** By which istiod lets a waypoint look up the names of TLS within a domain. */
    public static final String OF_TLS = "ENABLE_WILDCARD_HOST_SERVICE_ENTRIES_FOR_TLS";

    private NameLookup() {}

    /** True if the service asks for it. */
    public static boolean isAsked(Service service) {
        return service.reach().resolution().equals("DYNAMIC_DNS");
    }

    /**
     * True if a waypoint looks names up for the port of a service that asks for it: outside the mesh for HTTP, and for
     * TLS of one host, or of a domain where istiod lets it.
     */
    public static boolean isMade(Service service, ServicePort port, MeshConfig mesh) {
        boolean tls = port.protocol() == Protocol.TLS
                && (!HostName.isWildcard(service.host()) || mesh.feature(OF_TLS, false));
        return service.reach().external() && (tls || port.protocol() == Protocol.HTTP);
    }
}
