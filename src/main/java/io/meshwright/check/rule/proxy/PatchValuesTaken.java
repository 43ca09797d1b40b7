package io.meshwright.check.rule.proxy;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.extension.ProxyPatch;
import io.meshwright.mesh.extension.RefusedValues;
import java.util.List;
import java.util.stream.Stream;

/** Istiod reads the value of a patch and compares it with no bounds of Envoy's, which does. */
@AutoService(Inspection.class)
public final class PatchValuesTaken implements Check {
    public static final Rule PATCH_VALUE_REFUSED = Rule.error("MESH422", "patch_value_refused")
            .title("Envoy refuses the value of an EnvoyFilter's patch")
            .consequence("With it Envoy refuses all that istiod sends along: proxies keep the configuration that they"
                    + " have, and new ones never become ready.")
            .remedy("Write what the message names; Envoy's API gives the bounds of each field.");

    @Override
    public List<Rule> rules() {
        return List.of(PATCH_VALUE_REFUSED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.manifests().kind(Kind.ENVOY_FILTER).stream()
                .flatMap(ProxyPatch::of)
                .flatMap(patch -> RefusedValues.of(patch).stream())
                .map(refusal -> PATCH_VALUE_REFUSED
                        .at(refusal.source(), refusal.why())
                        .remedy("Write %s.".formatted(refusal.wanted())));
    }
}
