package io.meshwright.check.rule.workload;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A VerticalPodAutoscaler looks at the pods of the workload that it names, and without one at nothing. */
@AutoService(Inspection.class)
public final class VerticalAutoscalerFindsWorkload implements Check {
    public static final Rule VERTICAL_AUTOSCALER_OF_NOBODY = Rule.warning("MESH387", "vertical_autoscaler_of_nobody")
            .title("A VerticalPodAutoscaler names a workload that is not there")
            .consequence("It recommends nothing and changes no pod.")
            .remedy("Write kind, group and name of the workload as they are; it must be of the same namespace.");

    // Other kinds have the scale subresource too, and what makes them is not among the manifests.
    private static final Set<Kind> KNOWN = Set.of(
            Kind.DEPLOYMENT,
            Kind.STATEFUL_SET,
            Kind.DAEMON_SET,
            Kind.REPLICA_SET,
            Kind.ROLLOUT,
            Kind.JOB,
            Kind.CRON_JOB,
            new Kind("", "ReplicationController"));

    @Override
    public List<Rule> rules() {
        return List.of(VERTICAL_AUTOSCALER_OF_NOBODY);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Completeness completeness = new Completeness(mesh);
        return VerticalTarget.all(mesh)
                .filter(target ->
                        mayBeMissed(target.kind()) && target.workload(mesh).isEmpty())
                .map(target -> finding(mesh, completeness, target));
    }

    /** Of a kind that is looked for, or of its name in a group that has none such. */
    private static boolean mayBeMissed(Kind kind) {
        return KNOWN.contains(kind)
                || kind.group().equals("apps")
                || kind.group().equals("batch");
    }

    private static Finding finding(Mesh mesh, Completeness completeness, VerticalTarget target) {
        String home = target.autoscaler().home();
        boolean charted = mesh.otherCharts()
                .behind("%s.%s.svc".formatted(target.name(), home))
                .isPresent();
        return Completeness.weighed(
                VERTICAL_AUTOSCALER_OF_NOBODY.at(
                        Source.of(target.autoscaler()).at(VerticalTarget.REFERENCE),
                        "there is no %s \"%s\" in namespace \"%s\""
                                .formatted(target.kind().name(), target.name(), home)),
                completeness.isWhole(home) && !charted);
    }
}
