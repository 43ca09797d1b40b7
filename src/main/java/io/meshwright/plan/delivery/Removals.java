package io.meshwright.plan.delivery;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.object.ObjectChanges;
import io.meshwright.plan.object.ObjectId;
import io.meshwright.value.ArgoNames;
import java.util.List;
import java.util.Map;

/** Objects that are no longer there, and what Argo CD does with them. */
final class Removals {
    private static final Map<Kind, String> LOSSES = Map.of(
            Kind.NAMESPACE,
            "everything in it goes too",
            Kind.PERSISTENT_VOLUME_CLAIM,
            "its data go too, unless the volume's reclaim policy is Retain",
            Kind.PERSISTENT_VOLUME,
            "its data may go too",
            Kind.STATEFUL_SET,
            "its pods end; its claims stay unless its retention policy says otherwise",
            Kind.CUSTOM_RESOURCE_DEFINITION,
            "every object of that kind goes too, in all namespaces",
            Kind.APPLICATION,
            "with a finalizer, everything that it applied goes too",
            Kind.SECRET,
            "its values are nowhere else");

    private Removals() {}

    static List<Change> changes(ObjectChanges changes) {
        return changes.removed().map(Removals::change).toList();
    }

    private static Change change(Manifest gone) {
        String id = ObjectId.of(gone).toString();
        String options = gone.annotations().getOrDefault(ArgoNames.SYNC_OPTIONS, "");
        String loss = LOSSES.getOrDefault(gone.kind(), "");
        if (options.contains("Prune=false")) {
            return ChangeRule.REMOVAL_HELD.of(
                    id, "stays in the cluster (Prune=false) and is nobody's any more: delete it by hand");
        }
        if (options.contains("Prune=confirm") || options.contains("Delete=confirm")) {
            return ChangeRule.REMOVAL_HELD.of(
                    id,
                    "waits until somebody confirms its removal in Argo CD%s"
                            .formatted(loss.isEmpty() ? "" : "; then ".concat(loss)));
        }
        return loss.isEmpty()
                ? ChangeRule.OBJECT_PRUNED.of(id, "is removed, by Argo CD where it prunes")
                : ChangeRule.DATA_PRUNED.of(id, "is removed, by Argo CD where it prunes: %s".formatted(loss));
    }
}
