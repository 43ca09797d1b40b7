package io.meshwright.sweep;

import com.google.auto.service.AutoService;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Suspicion;
import io.meshwright.check.Sweep;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A request for each rule that admits somebody is admitted by its policy. */
@AutoService(Inspection.class)
public final class RulesAdmit implements Sweep {
    public static final Rule RULE_IN_VAIN = Rule.warning("MESH374", "rule_in_vain")
            .title("A request that a rule admits is refused all the same")
            .consequence("The callers that the rule names get 403: RBAC: access denied.")
            .remedy(
                    "Follow it with `meshwright trace`: on the way its path, its identity or its port becomes another.");

    @Override
    public List<Rule> rules() {
        return List.of(RULE_IN_VAIN);
    }

    @Override
    public Stream<Suspicion> run(Mesh mesh) {
        return Sweeping.suspicions(mesh, Asks.ofRules(mesh), new Judge(mesh, RulesAdmit::rule));
    }

    /** A DENY rule is meant to go before others, and another pod's policies may be meant to be stricter. */
    private static Optional<Rule> rule(Ask ask, End end) {
        List<Manifest> refusing = end.last().map(Source::manifest).toList();
        // Where a ztunnel refuses a waypoint, or a proxy another's connection, callers get 503.
        return refusing.contains(ask.about().manifest()) ? Optional.of(RULE_IN_VAIN) : Optional.empty();
    }
}
