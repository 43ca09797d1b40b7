package io.meshwright.check.rule.destination;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.stream.Stream;

/** A DestinationRule for a host that nobody serves is never heeded. */
@AutoService(Inspection.class)
public final class RuleForKnownHost implements Check {
    public static final Rule RULE_FOR_UNKNOWN_HOST = Rule.warning("MESH171", "rule_for_unknown_host")
            .title("A DestinationRule is written for a host that does not exist")
            .twins("IST0174", "KIA0202")
            .consequence("The rule acts on no call.")
            .remedy("Write the full name of a Service or the host of a ServiceEntry.");

    @Override
    public List<Rule> rules() {
        return List.of(RULE_FOR_UNKNOWN_HOST);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Completeness completeness = new Completeness(mesh);
        return mesh.manifests().kind(Kind.DESTINATION_RULE).stream()
                // A rule for many hosts is often written before there are any.
                .filter(rule -> completeness.anyService()
                        || !HostName.isWildcard(rule.text("/spec/host").orElse("")))
                .flatMap(rule ->
                        completeness.lost(rule.text("/spec/host").orElse(""), rule.home(), rule.home()).stream()
                                .map(lost -> lost.weighed(RULE_FOR_UNKNOWN_HOST.at(
                                        Source.of(rule).at("/spec/host"),
                                        "%s, so the rule acts on no call".formatted(lost.why())))));
    }
}
