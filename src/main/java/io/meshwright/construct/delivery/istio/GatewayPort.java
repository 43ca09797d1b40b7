package io.meshwright.construct.delivery.istio;

import io.meshwright.value.Name;
import io.meshwright.value.Port;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One port of the gateway's Service.
 *
 * @param targetPort where the pod listens
 * @param nodePort fixed on every node, where the platform asks for it
 * @param appProtocol protocol in words, for a load balancer that reads it
 * @param udp true if datagrams come to it, as of HTTP/3, and no connections
 */
public record GatewayPort(
        Name name, Port port, Port targetPort, Optional<Port> nodePort, Optional<String> appProtocol, boolean udp) {
    private static final int PRIVILEGED = 1024;

    public static GatewayPort of(String name, int port, int targetPort) {
        return new GatewayPort(
                Name.of(name), Port.of(port), Port.of(targetPort), Optional.empty(), Optional.empty(), false);
    }

    /** The port of HTTP/3 beside this one, which has to have its number: by that istiod finds it. */
    public GatewayPort quic() {
        return new GatewayPort(
                Name.of(name.value().replaceFirst("^https", "http3")),
                port,
                targetPort,
                Optional.empty(),
                Optional.empty(),
                true);
    }

    boolean privileged() {
        return targetPort.value() < PRIVILEGED;
    }

    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", name.value());
        values.put("port", port.value());
        values.put("targetPort", targetPort.value());
        values.put("protocol", udp ? "UDP" : "TCP");
        nodePort.ifPresent(fixed -> values.put("nodePort", fixed.value()));
        appProtocol.ifPresent(protocol -> values.put("appProtocol", protocol));
        return values;
    }
}
