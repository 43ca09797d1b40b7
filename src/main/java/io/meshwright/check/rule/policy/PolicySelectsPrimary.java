package io.meshwright.check.rule.policy;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.SelectingObject;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Flagger sends requests to a copy of the Deployment, of whose labels it changes the first that it knows (pkg/canary,
 * makePrimaryLabels).
 */
@AutoService(Inspection.class)
public final class PolicySelectsPrimary implements Check {
    public static final Rule POLICY_PASSES_PRIMARY_BY = Rule.warning("MESH442", "policy_passes_primary_by")
            .title("A policy selects the pods of a Canary by the label that Flagger changes")
            .consequence("It acts on the pods of a release under test, and on none of those that serve everybody else.")
            .remedy("Select both by a label that Flagger leaves alone, or write the policy a second time for the"
                    + " label's value with -primary behind it.");

    private static final Kind CANARY = new Kind("flagger.app", "Canary");
    private static final List<String> CHANGED = List.of("app", "name", "app.kubernetes.io/name");

    private record Copy(Manifest canary, Map<String, String> labels, Map<String, String> primary) {}

    @Override
    public List<Rule> rules() {
        return List.of(POLICY_PASSES_PRIMARY_BY);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        List<Copy> copies = mesh.manifests().kind(CANARY).stream()
                .flatMap(canary -> copy(mesh, canary).stream())
                .toList();
        return copies.isEmpty()
                ? Stream.empty()
                : SelectingObject.all(mesh)
                        .filter(object ->
                                !object.isTargeted() && !object.selector().isEmpty())
                        .flatMap(object -> copies.stream()
                                .filter(copy -> passesBy(mesh, object, copy))
                                .limit(1)
                                .map(copy -> finding(object, copy)));
    }

    private static Optional<Copy> copy(Mesh mesh, Manifest canary) {
        return canary.text("/spec/targetRef/name")
                .flatMap(name -> mesh.manifests().find(Kind.DEPLOYMENT, canary.home(), name))
                .flatMap(deployment -> {
                    Map<String, String> selector = Fields.strings(deployment.at("/spec/selector/matchLabels"));
                    Map<String, String> labels = Fields.strings(deployment.at("/spec/template/metadata/labels"));
                    return CHANGED.stream()
                            .filter(selector::containsKey)
                            .findFirst()
                            .map(label ->
                                    new Copy(canary, labels, changed(labels, label, selector.getOrDefault(label, ""))));
                });
    }

    private static Map<String, String> changed(Map<String, String> labels, String label, String value) {
        Map<String, String> primary = new TreeMap<>(labels);
        primary.put(label, value.concat("-primary"));
        return primary;
    }

    private static boolean passesBy(Mesh mesh, SelectingObject object, Copy copy) {
        return reaches(object, copy)
                && object.selector().selects(copy.labels())
                && !object.selector().selects(copy.primary())
                && SelectingObject.all(mesh)
                        .noneMatch(other ->
                                other.object().kind().equals(object.object().kind())
                                        && reaches(other, copy)
                                        && other.selector().selects(copy.primary()));
    }

    private static boolean reaches(SelectingObject object, Copy copy) {
        return object.everywhere()
                || object.object().home().equals(copy.canary().home());
    }

    private static Finding finding(SelectingObject object, Copy copy) {
        return POLICY_PASSES_PRIMARY_BY.at(
                object.field(),
                "the pods that serve requests carry %s, as Flagger makes them for %s"
                        .formatted(copy.primary(), Source.of(copy.canary()).manifest()));
    }
}
