package io.meshwright.mesh.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A listener for calls that a Sidecar object writes; {@code port} is empty where it is for every port that no other is
 * for, and {@code hosts} are as they are written, such as {@code shop/*}.
 */
public record EgressListener(Source source, OptionalInt port, Optional<Protocol> protocol, List<String> hosts) {
    private static final List<String> WILDCARDS = List.of("", "0.0.0.0", "::");

    static List<EgressListener> of(Manifest sidecar) {
        return Source.of(sidecar).items("spec/egress").map(EgressListener::of).toList();
    }

    private static EgressListener of(Source source) {
        JsonNode body = source.value();
        return new EgressListener(
                source,
                Fields.number(body.at("/port/number")).map(OptionalInt::of).orElse(OptionalInt.empty()),
                Protocol.of(body.at("/port/protocol").asText("")),
                Fields.texts(body.path("hosts")));
    }

    boolean isForAll() {
        return port.isEmpty();
    }

    boolean isFor(int called) {
        return port.equals(OptionalInt.of(called));
    }

    /** True if it hears at an address of its own, and not what is led to the proxy. */
    boolean isBound() {
        JsonNode body = source.value();
        return body.path("captureMode").asText("").equals("NONE")
                || !WILDCARDS.contains(body.path("bind").asText(""));
    }
}
