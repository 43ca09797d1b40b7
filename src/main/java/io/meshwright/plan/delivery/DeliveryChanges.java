package io.meshwright.plan.delivery;

import io.meshwright.check.evidence.AppliedFolders;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.Source;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.object.ObjectChanges;
import io.meshwright.plan.side.Side;
import io.meshwright.value.ArgoNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The things that a cluster does when the change is delivered: what restarts, what is refused, what is pruned. */
public final class DeliveryChanges {
    private DeliveryChanges() {}

    /** Each as one line, the worst first. */
    public static List<Change> between(Side before, Side after, ObjectChanges changes) {
        List<Change> all = new ArrayList<>();
        AppliedFolders folders = new AppliedFolders(after.manifests());
        Deliverers deliverers = new Deliverers(after.manifests(), folders);
        RefusedFields refused = new RefusedFields(after, folders, deliverers);
        all.addAll(refused.changes(changes));
        all.addAll(DesertedServices.changes(before.mesh(), after.mesh(), changes, refused));
        all.addAll(Restarts.changes(before, after, changes, refused));
        all.addAll(AskedOfNodes.changes(before.mesh(), after.mesh()));
        all.addAll(
                Removals.changes(changes, new Deliverers(before.manifests(), new AppliedFolders(before.manifests()))));
        all.addAll(syncs(folders, deliverers, changes));
        all.sort(null);
        return all;
    }

    /** Tells of whoever on the second side reads what was added or changed. */
    private static List<Change> syncs(AppliedFolders folders, Deliverers deliverers, ObjectChanges changes) {
        List<Manifest> written = changes.written().toList();
        Map<String, List<Manifest>> synced = new TreeMap<>();
        folders.applied()
                .forEach(application -> written.stream()
                        .filter(object -> folders.apply(application, object))
                        .forEach(object -> synced.computeIfAbsent(name(application), none -> new ArrayList<>())
                                .add(object)));
        for (Manifest object : written) {
            deliverers
                    .kustomization(object)
                    .map(Deliverers::words)
                    .or(() -> deliverers.step(object))
                    .ifPresent(by -> synced.computeIfAbsent(by, none -> new ArrayList<>())
                            .add(object));
        }
        List<Change> syncs = new ArrayList<>();
        synced.forEach((application, objects) -> syncs.add(ChangeRule.SYNCS
                .of(
                        application,
                        objects.size() == 1 ? "applies 1 object" : "applies %d objects".formatted(objects.size()))
                .because(objects.stream().map(Manifest::toString).sorted().toList())));
        return syncs;
    }

    private static String name(Source application) {
        Manifest manifest = application.manifest();
        String wave = manifest.annotations().getOrDefault(ArgoNames.SYNC_WAVE, "0");
        return "%s (wave %s)".formatted(manifest, wave);
    }
}
