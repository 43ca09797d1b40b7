package io.meshwright.construct.network;

import io.meshwright.value.Host;
import java.util.List;

/** A gateway, as routes name it. */
public interface GatewayAddress {
    /** {@code namespace/name}, which a VirtualService of any namespace writes under {@code gateways:} to bind here. */
    String ref();

    /** The same of each Gateway to which the routes of a host are bound. */
    List<String> refs(Host host);
}
