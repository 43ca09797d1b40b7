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

/** A patch adds and removes what can be added and removed, or Istio passes over it. */
@AutoService(Inspection.class)
public final class PatchesApply implements Check {
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
        return List.of(PATCH_ADDS_NOTHING, PATCH_REMOVES_NOTHING);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return FilterPatch.all(mesh).filter(FilterPatch::isIgnored).flatMap(PatchesApply::findings);
    }

    private static Stream<Finding> findings(FilterPatch patch) {
        return switch (patch.operation()) {
            case "ADD" -> Stream.of(finding(PATCH_ADDS_NOTHING, patch));
            case "REMOVE" -> Stream.of(finding(PATCH_REMOVES_NOTHING, patch));
            default -> Stream.empty();
        };
    }

    private static Finding finding(Rule rule, FilterPatch patch) {
        return rule.at(patch.source(), "Istio ignores %s for %s".formatted(patch.operation(), patch.target()));
    }
}
