package io.meshwright.trace.stage;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.value.istio.IstioAnnotations;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The settings by which a proxy refuses, changes or redirects what is written in an uncommon way, from 1.31 on
 * (pilot/pkg/networking/core/connection_settings.go); the profile EDGE is for gateways alone.
 */
final class ConnectionSettings {
    private static final String KEY = "/connectionSettings";
    private static final List<String> SLASHES = List.of("%2f", "%5c");

    private final Mesh mesh;

    ConnectionSettings(Mesh mesh) {
        this.mesh = mesh;
    }

    /**
     * Doubts a request with encoded or doubled slashes, or an underscore in a header's name, of which they say more.
     */
    void look(PathRecorder recorder, Pod pod, Arrival arrival) {
        if (arrival.opaque() || !mesh.version(pod).knowsConnectionSettings() || !isUncommon(pod, arrival)) {
            return;
        }
        recorder.doubt(
                "connectionSettings of %s may refuse, change or redirect it".formatted(pod),
                own(pod).isPresent()
                        ? List.of(pod.source())
                        : mesh.config().source().map(List::of).orElse(List.of()));
    }

    private boolean isUncommon(Pod pod, Arrival arrival) {
        JsonNode settings = own(pod).orElseGet(() -> mesh.config().body().at("/defaultConfig".concat(KEY)));
        boolean edge = settings.path("profile").asText("").equals("EDGE")
                && pod.proxy().isGateway();
        String path = arrival.http().path().toLowerCase(Locale.ROOT);
        boolean slashed =
                SLASHES.stream().anyMatch(path::contains) && (edge || settings.has("httpPathWithEscapedSlashesAction"));
        boolean underscored = arrival.http().headers().keySet().stream().anyMatch(name -> name.contains("_"))
                && (edge || settings.has("httpHeadersWithUnderscoresAction"));
        boolean doubled = path.contains("//") && (edge || settings.has("httpMergeSlashes"));
        return slashed || underscored || doubled;
    }

    /** A proxy's own go before the mesh's. */
    private static Optional<JsonNode> own(Pod pod) {
        return Optional.ofNullable(pod.annotations().get(IstioAnnotations.PROXY_CONFIG))
                .flatMap(ManifestReader::value)
                .map(config -> config.at(KEY))
                .filter(JsonNode::isObject);
    }
}
