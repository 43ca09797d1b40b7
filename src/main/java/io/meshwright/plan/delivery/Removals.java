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
import java.util.Optional;

/** Objects that are no longer there, and what becomes of them in the cluster. */
final class Removals {
    private static final Map<Kind, String> LOSSES = Map.of(
            Kind.FLUX_RELEASE,
            "its chart is uninstalled, and with definitions every object of their kinds goes too",
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

    /** The removals, by whoever applied the objects. */
    static List<Change> changes(ObjectChanges changes, Deliverers before) {
        return changes.removed()
                .filter(gone -> !gone.kind().equals(Kind.INSTALLATION))
                .map(gone -> ofFlux(gone, before).or(() -> byHand(gone, before)).orElseGet(() -> ofArgoCd(gone)))
                .toList();
    }

    private static Optional<Change> ofFlux(Manifest gone, Deliverers before) {
        String id = ObjectId.of(gone).toString();
        if (Deliverers.keep(gone)) {
            return Optional.of(ChangeRule.REMOVAL_HELD.of(
                    id, "stays in the cluster (prune: disabled) and is nobody's any more: delete it by hand"));
        }
        return before.kustomization(gone).map(by -> {
            if (!by.at("/spec/prune").asBoolean(false)) {
                return ChangeRule.REMOVAL_HELD.of(
                        id, "stays in the cluster, because %s does not prune: delete it by hand".formatted(by));
            }
            String loss = loss(gone);
            String text = "is pruned by %s, before what takes its place is ready".formatted(by);
            return loss.isEmpty()
                    ? ChangeRule.OBJECT_PRUNED.of(id, text)
                    : ChangeRule.DATA_PRUNED.of(id, "%s: %s".formatted(text, loss));
        });
    }

    private static Optional<Change> byHand(Manifest gone, Deliverers before) {
        if (!before.areByHand()) {
            return Optional.empty();
        }
        return Optional.of(ChangeRule.REMOVAL_HELD.of(
                ObjectId.of(gone).toString(),
                gone.kind().equals(Kind.RELEASE)
                        ? "stays in the cluster, nobody removes it: helm uninstall %s --namespace %s"
                                .formatted(gone.name(), gone.home())
                        : "stays in the cluster, nobody removes it: delete it by hand"));
    }

    private static String loss(Manifest gone) {
        if (gone.kind().equals(Kind.FLUX_KUSTOMIZATION)) {
            boolean stay =
                    gone.text("/spec/deletionPolicy").filter("Orphan"::equals).isPresent()
                            || !gone.at("/spec/prune").asBoolean(false);
            return stay ? "" : "everything that it applied goes too, but what has prune: disabled";
        }
        return LOSSES.getOrDefault(gone.kind(), "");
    }

    private static Change ofArgoCd(Manifest gone) {
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
