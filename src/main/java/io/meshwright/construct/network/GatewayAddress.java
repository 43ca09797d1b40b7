package io.meshwright.construct.network;

import io.meshwright.value.Host;
import java.util.List;

/** A gateway, as routes name it. */
public interface GatewayAddress {
    /** {@code namespace/name}, which a VirtualService of any namespace writes under {@code gateways:} to bind here. */
    String ref();

    /** The same of each Gateway to which the routes of a host are bound. */
    List<String> refs(Host host);

    /** The listeners to which HTTPRoutes of a host are bound; empty for a gateway of Istio's own kinds. */
    default List<ListenerAddress> listeners(Host host) {
        return List.of();
    }
}
