package io.meshwright.mesh.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A port that a Sidecar object opens for calls to its pods; {@code endpoint} is where the application hears them, empty
 * for the same port, {@code tls} the mode in which the sidecar ends TLS with a certificate of its own, empty for none.
 */
public record SidecarIngress(Source source, int port, Protocol protocol, String endpoint, String tls) {
    static List<SidecarIngress> of(Sidecar sidecar) {
        List<SidecarIngress> listeners = new ArrayList<>();
        for (int index = 0; index < sidecar.manifest().at("/spec/ingress").size(); index++) {
            Source source = Source.of(sidecar.manifest()).item("spec/ingress", index);
            JsonNode body = sidecar.manifest().at(source.pointer());
            Protocol protocol =
                    Protocol.of(body.at("/port/protocol").asText("")).orElse(Protocol.SNIFFED);
            String tls = body.path("tls").isObject() ? body.at("/tls/mode").asText("PASSTHROUGH") : "";
            Fields.number(body.at("/port/number"))
                    .ifPresent(port -> listeners.add(new SidecarIngress(
                            source,
                            port,
                            protocol,
                            Fields.text(body.path("defaultEndpoint")).orElse(""),
                            tls)));
        }
        return listeners;
    }

    /** The way past all listeners of the Sidecar, for calls to a port that none of them has. */
    static SidecarIngress passthrough(Sidecar sidecar, int port) {
        return new SidecarIngress(Source.of(sidecar.manifest()).at("/spec/ingress"), port, Protocol.SNIFFED, "", "");
    }

    /**
     * The mode in which the sidecar itself ends TLS, which it does only where Istio's own is switched off
     * (buildInboundListeners).
     */
    public Optional<String> ownTls() {
        return tls.isEmpty() ? Optional.empty() : Optional.of(tls);
    }

    /** True if HTTP is read there; the Sidecar's word goes before the Service's. */
    public boolean mayBeHttp() {
        // Of what the sidecar decrypts itself, HTTPS is HTTP inside.
        return protocol.mayBeHttp() || protocol == Protocol.HTTPS && !tls.isEmpty();
    }
}
