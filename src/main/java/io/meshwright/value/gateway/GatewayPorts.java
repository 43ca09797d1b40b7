package io.meshwright.value.gateway;

/**
 * Ports of gateway pods: an unprivileged process listens above 1024, so the Service maps 80 to 8080 and 443 to 8443.
 */
public final class GatewayPorts {
    private static final int PRIVILEGED = 1024;
    private static final int SHIFT = 8000;

    private GatewayPorts() {}

    /** The container port behind a port of the gateway's Service. */
    public static int target(int port) {
        return port >= PRIVILEGED ? port : port + SHIFT;
    }
}
