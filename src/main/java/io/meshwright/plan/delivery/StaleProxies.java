package io.meshwright.plan.delivery;

import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.object.ObjectChanges;
import io.meshwright.value.istio.IstioLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Namespaces whose pods keep their proxy although the labels that decide about it change. */
final class StaleProxies {
    private StaleProxies() {}

    /** Namespaces whose pods get another proxy, or none, when they start the next time. */
    static List<Change> changes(Mesh after, ObjectChanges changes) {
        List<Change> stale = new ArrayList<>();
        changes.changed()
                .filter(changed -> changed.id().kind().equals(Kind.NAMESPACE))
                .filter(changed -> Stream.of(IstioLabels.REVISION, IstioLabels.INJECTION)
                        .anyMatch(label -> !Objects.equals(
                                changed.before().labels().get(label),
                                changed.after().labels().get(label))))
                .filter(changed -> !after.pods().in(changed.id().name()).isEmpty())
                .forEach(
                        changed -> stale.add(
                                ChangeRule.PROXY_STALE.of(
                                        changed.id().toString(),
                                        "its pods keep the proxy that they have, or have none, until they start again: kubectl rollout restart")));
        return stale;
    }
}
