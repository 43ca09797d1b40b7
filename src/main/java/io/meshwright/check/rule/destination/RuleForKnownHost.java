package io.meshwright.check.rule.destination;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Export;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.stream.Stream;

/** A DestinationRule for a host that nobody serves is never heeded. */
@AutoService(Inspection.class)
public final class RuleForKnownHost implements Check {
    public static final Rule RULE_FOR_UNKNOWN_HOST = Rule.warning("MESH171", "rule_for_unknown_host")
            .restingOnAbsence()
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
                .filter(rule -> !isHeededElsewhere(mesh, rule))
                .flatMap(rule ->
                        completeness.lost(rule.text("/spec/host").orElse(""), rule.home(), rule.home()).stream()
                                .map(lost -> lost.weighed(RULE_FOR_UNKNOWN_HOST.at(
                                        Source.of(rule).at("/spec/host"),
                                        "%s, so the rule acts on no call".formatted(lost.why())))));
    }

    /**
     * Callers heed rules of the host's own namespace and of the root one too, where both are shown to them; the rule's
     * namespace need not see the host itself [istio, pilot/pkg/model/push_context.go, destinationRule].
     */
    private static boolean isHeededElsewhere(Mesh mesh, Manifest rule) {
        String host = mesh.services().host(rule.text("/spec/host").orElse(""), rule.home());
        boolean forAll = rule.at("/spec/workloadSelector").isMissingNode();
        Export shown =
                Export.of(rule.at("/spec/exportTo"), rule.home(), mesh.config().destinationRuleExport());
        return forAll
                && mesh.services().of(host).stream()
                        .filter(service -> rule.home().equals(service.namespace())
                                || rule.home().equals(mesh.config().rootNamespace()))
                        .anyMatch(service -> shown.meets(service.export()));
    }
}
