package io.meshwright.mesh.waypoint;

import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.Set;

/**
 * The names that a proxy looks up itself, as resolution DYNAMIC_DNS asks (core/listener_waypoint.go, core/cluster.go).
 */
public final class NameLookup {
    /** By which istiod lets a waypoint look up the names of TLS within a domain. */
    public static final String OF_TLS = "ENABLE_WILDCARD_HOST_SERVICE_ENTRIES_FOR_TLS";

    private static final Set<Protocol> LOOKED_UP = Set.of(Protocol.HTTP, Protocol.HTTP2, Protocol.GRPC, Protocol.TLS);

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

    /** True if sidecars and gateways look names up for the port: those of a domain, and never for a subset. */
    public static boolean isMade(Service service, ServicePort port, IstioVersion version) {
        return version.looksUpNamesInProxies()
                && HostName.isWildcard(service.host())
                && LOOKED_UP.contains(port.protocol());
    }
}
