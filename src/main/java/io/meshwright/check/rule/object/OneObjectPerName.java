package io.meshwright.check.rule.object;

import com.google.auto.service.AutoService;
import io.meshwright.check.DocumentCheck;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.Nearby;
import io.meshwright.manifest.KustomizedFiles;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import java.util.List;
import java.util.stream.Stream;

/** Of two documents for one object only one reaches the cluster. */
@AutoService(Inspection.class)
public final class OneObjectPerName implements DocumentCheck {
    public static final Rule OBJECT_WRITTEN_TWICE = Rule.warning("MESH106", "object_written_twice")
            .about(Rule.Subject.OBJECT)
            .title("Two documents describe one object")
            .consequence("Whichever is applied last overwrites the other.")
            .remedy("Keep one of the two.");

    @Override
    public List<Rule> rules() {
        return List.of(OBJECT_WRITTEN_TWICE);
    }

    @Override
    public Stream<Finding> run(Manifests manifests) {
        KustomizedFiles kustomized = new KustomizedFiles(manifests);
        // Objects that the API server names itself share an empty name or a generateName without harm.
        return manifests.all().stream()
                .filter(manifest -> !manifest.at("/metadata/name").isMissingNode())
                .flatMap(manifest -> {
                    List<Manifest> same = manifests.same(manifest.kind(), manifest.home(), manifest.name());
                    return same.size() < 2 || same.get(1) != manifest
                            ? Stream.empty()
                            : Stream.of(finding(kustomized, manifest, same));
                });
    }

    private static Finding finding(KustomizedFiles kustomized, Manifest second, List<Manifest> same) {
        boolean alike = same.stream().allMatch(other -> other.body().equals(second.body()));
        String written = "the object is written %d times, first at %s; "
                .formatted(same.size(), same.get(0).place());
        if (alike) {
            return OBJECT_WRITTEN_TWICE
                    .at(second, written.concat("all say the same"))
                    .as(Severity.INFO);
        }
        return isOneApplication(kustomized, same)
                ? OBJECT_WRITTEN_TWICE.at(second, written.concat("whichever is applied last wins"))
                : OBJECT_WRITTEN_TWICE
                        .at(second, written.concat("applied to one cluster, the last of them wins"))
                        .as(Severity.INFO);
    }

    /**
     * Objects without a namespace in distant folders may be for different ones, or releases beside each other; and
     * those that Kustomize leaves out, or builds apart, are never applied together.
     */
    private static boolean isOneApplication(KustomizedFiles kustomized, List<Manifest> same) {
        List<Manifest> applied =
                same.stream().filter(one -> !kustomized.isLeftOut(one)).toList();
        return applied.stream()
                .anyMatch(one -> applied.stream()
                        .anyMatch(other -> !one.body().equals(other.body())
                                && !kustomized.areApart(one, other)
                                && Nearby.together(one, other)));
    }
}
