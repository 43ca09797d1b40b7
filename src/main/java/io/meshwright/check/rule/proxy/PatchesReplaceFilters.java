package io.meshwright.check.rule.proxy;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.FilterPatch;
import io.meshwright.mesh.Mesh;
import java.util.List;
import java.util.stream.Stream;

/** A patch replaces filters and virtual hosts alone, or Istio passes over it. */
@AutoService(Inspection.class)
public final class PatchesReplaceFilters implements Check {
    public static final Rule PATCH_REPLACES_NOTHING = Rule.error("MESH292", "patch_replaces_nothing")
            .title("An EnvoyFilter replaces what can only be merged")
            .twins("IST0152")
            .consequence("Istio ignores the patch.")
            .remedy("Use MERGE, or apply the patch to HTTP_FILTER or NETWORK_FILTER.");

    @Override
    public List<Rule> rules() {
        return List.of(PATCH_REPLACES_NOTHING);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return FilterPatch.all(mesh)
                .filter(patch -> patch.isIgnored() && patch.operation().equals("REPLACE"))
                .map(patch -> PATCH_REPLACES_NOTHING.at(
                        patch.source(),
                        "Istio ignores REPLACE for %s; it replaces filters and virtual hosts only"
                                .formatted(patch.target())));
    }
}
