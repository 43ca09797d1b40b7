package io.meshwright.construct.network;

/** A gateway, as routes name it. */
public interface GatewayAddress {
    /** {@code namespace/name}, which a VirtualService of any namespace writes under {@code gateways:} to bind here. */
    String ref();
}
