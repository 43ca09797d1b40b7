package io.meshwright.value.istio;

import io.meshwright.value.Port;

/**
 * Ports of Istio's own programs, as the pod listens [istio.io, Deployment, Application Requirements, "Ports used by
 * Istio"].
 */
public final class IstioPorts {
    /** Envoy's administration interface, on the pod's loopback. */
    public static final Port ENVOY_ADMIN = Port.of(15000);

    /** Envoy: every call that iptables takes from the application ({@code virtualOutbound}). */
    public static final Port OUTBOUND = Port.of(15001);

    /** Envoy: every call that iptables takes from the network ({@code virtualInbound}). */
    public static final Port INBOUND = Port.of(15006);

    /** Ztunnels, waypoints and sidecars: tunnels of mutual TLS. */
    public static final Port HBONE = Port.of(15008);

    /** istiod: configuration in plaintext. */
    public static final Port PLAIN_XDS = Port.of(15010);

    /** istiod: configuration and certificates, by TLS. */
    public static final Port XDS = Port.of(15012);

    /** istiod and the CNI node agent: their own metrics; the agent asks to be scraped there since istio-cni 1.25. */
    public static final Port MONITORING = Port.of(15014);

    /** istiod: its webhooks, behind port 443 of its Service. */
    public static final Port WEBHOOK = Port.of(15017);

    /**
     * The agent beside Envoy: metrics of Envoy, agent and application in one answer [istio.io, Integrations,
     * Prometheus, "Metrics merging"].
     */
    public static final Port MERGED_METRICS = Port.of(15020);

    /** Gateways and sidecars: whether the proxy is ready. */
    public static final Port STATUS = Port.of(15021);

    /** Envoy's own metrics. */
    public static final Port ENVOY_METRICS = Port.of(15090);

    /** East-west gateways: mutual TLS between networks, passed through [istio.io, Install Multicluster]. */
    public static final Port CROSS_NETWORK = Port.of(15443);

    private IstioPorts() {}

    /** Tells whether a port is among those that a pod with a proxy leaves to Istio, 15000 to 15090. */
    public static boolean areTaken(Port port) {
        return port.compareTo(ENVOY_ADMIN) >= 0 && port.compareTo(ENVOY_METRICS) <= 0;
    }
}
