package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import java.util.stream.Stream;

/** A DestinationRule for a host that nobody serves is never heeded. */
public final class RuleForKnownHost implements Check {
    @Override
    public Stream<Finding> run(Mesh mesh) {
        Given given = new Given(mesh);
        return mesh.manifests().kind(Kind.DESTINATION_RULE).stream()
                // A rule for many hosts is often written before there are any.
                .filter(rule -> given.anyService()
                        || !HostName.isWildcard(rule.text("/spec/host").orElse("")))
                .flatMap(rule -> given.lost(rule.text("/spec/host").orElse(""), rule.home(), rule.home()).stream()
                        .map(lost -> lost.weighed(Rule.RULE_FOR_UNKNOWN_HOST.at(
                                Source.of(rule).at("/spec/host"),
                                "%s, so the rule acts on no call".formatted(lost.why())))));
    }
}
