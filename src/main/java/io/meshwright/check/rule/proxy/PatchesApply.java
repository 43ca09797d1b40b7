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

/** The operation of a patch suits what it applies to, or Istio passes over it. */
@AutoService(Inspection.class)
public final class PatchesApply implements Check {
    public static final Rule PATCH_REPLACES_NOTHING = Rule.error("MESH292", "patch_replaces_nothing")
            .title("An EnvoyFilter replaces what can only be merged")
            .twins("IST0152")
            .consequence("Istio ignores the patch.")
            .remedy("Use MERGE, or apply the patch to HTTP_FILTER or NETWORK_FILTER.");

    public static final Rule PATCH_ADDS_NOTHING = Rule.error("MESH293", "patch_adds_nothing")
            .title("An EnvoyFilter adds what cannot be added")
            .twins("IST0153")
            .consequence("Istio ignores the patch.")
            .remedy("Use INSERT_FIRST, INSERT_BEFORE or MERGE, or a VirtualService.");

    public static final Rule PATCH_REMOVES_NOTHING = Rule.error("MESH294", "patch_removes_nothing")
            .title("An EnvoyFilter removes what cannot be removed")
            .twins("IST0154")
            .consequence("Istio ignores the patch.")
            .remedy("Change what makes the route, such as its VirtualService.");

    @Override
    public List<Rule> rules() {
        return List.of(PATCH_REPLACES_NOTHING, PATCH_ADDS_NOTHING, PATCH_REMOVES_NOTHING);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return FilterPatch.all(mesh).filter(FilterPatch::isIgnored).map(PatchesApply::finding);
    }

    private static Finding finding(FilterPatch patch) {
        return switch (patch.operation()) {
            case "ADD" -> PATCH_ADDS_NOTHING.at(patch.source(), "Istio ignores ADD for %s".formatted(patch.target()));
            case "REMOVE" ->
                PATCH_REMOVES_NOTHING.at(patch.source(), "Istio ignores REMOVE for %s".formatted(patch.target()));
            default ->
                PATCH_REPLACES_NOTHING.at(
                        patch.source(),
                        "Istio ignores REPLACE for %s; it replaces filters and virtual hosts only"
                                .formatted(patch.target()));
        };
    }
}
