package io.meshwright.check.rule.sidecar;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.stream.Stream;

/** A Sidecar that says something of undeclared hosts says what becomes of calls to them. */
@AutoService(Inspection.class)
public final class SidecarOutboundHasMode implements Check {
    public static final Rule OUTBOUND_WITHOUT_MODE = Rule.error("MESH242", "outbound_without_mode")
            .title("A Sidecar's outboundTrafficPolicy has no mode")
            .twins("KIA1007")
            .consequence("It means REGISTRY_ONLY: calls to hosts that nobody declares get 502.")
            .remedy("Write the mode.");

    @Override
    public List<Rule> rules() {
        return List.of(OUTBOUND_WITHOUT_MODE);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.manifests().kind(Kind.SIDECAR).stream()
                .filter(SidecarOutboundHasMode::isWithoutMode)
                .map(sidecar -> OUTBOUND_WITHOUT_MODE.at(
                        Source.of(sidecar).at("/spec/outboundTrafficPolicy"),
                        "without a mode the policy means REGISTRY_ONLY: calls to hosts that nobody declares get 502"));
    }

    private static boolean isWithoutMode(Manifest sidecar) {
        JsonNode outbound = sidecar.at("/spec/outboundTrafficPolicy");
        return outbound.isObject() && !outbound.has("mode");
    }
}
