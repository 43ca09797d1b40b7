package io.meshwright.plan.delivery;

import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.object.ObjectChange;
import io.meshwright.plan.object.ObjectChanges;
import io.meshwright.plan.object.ObjectId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Services that are changed for pods which do not come, since the API server refuses the change of their workload. */
final class DesertedServices {
    private DesertedServices() {}

    static List<Change> changes(Mesh before, Mesh after, ObjectChanges changes, RefusedFields refused) {
        Set<ObjectId> staying = changes.changed()
                .filter(refused::refuses)
                .map(ObjectChange.Changed::id)
                .collect(Collectors.toSet());
        List<Pod> old = before.pods().all().stream()
                .filter(pod -> staying.contains(id(pod)))
                .toList();
        return after.services().all().stream()
                .filter(Service::isKubernetes)
                .filter(service -> changes.touches(service.source().manifest()))
                .filter(service -> isDeserted(service, after.services().pods(service), old, staying))
                .map(service -> change(service, after.services().pods(service)))
                .toList();
    }

    private static boolean isDeserted(Service service, List<Pod> wanted, List<Pod> old, Set<ObjectId> staying) {
        return !wanted.isEmpty()
                && wanted.stream().allMatch(pod -> staying.contains(id(pod)))
                && old.stream()
                        .filter(pod -> pod.namespace().equals(service.namespace()))
                        .noneMatch(pod ->
                                service.selector().filter(pod::isSelectedBy).isPresent());
    }

    private static ObjectId id(Pod pod) {
        return ObjectId.of(pod.source().manifest());
    }

    private static Change change(Service service, List<Pod> wanted) {
        Manifest workload = wanted.get(0).source().manifest();
        return ChangeRule.DOWNTIME
                .of(
                        service.source().manifest().toString(),
                        "selects no pod: those of %s stay as they are, since its change is refused".formatted(workload))
                .because(List.of("its selector fits the new pods alone"));
    }
}
