package io.meshwright.plan.security;

import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.object.ObjectChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Images that lose their digest, or come without one where the object is new. */
final class Images {
    private static final String DIGEST = "@sha256:";

    private Images() {}

    static List<Change> changes(Mesh before, Mesh after, ObjectChanges changes) {
        Map<String, String> old = images(before, changes);
        List<Change> found = new ArrayList<>();
        images(after, changes).forEach((container, image) -> {
            String was = old.getOrDefault(container, DIGEST);
            if (!image.contains(DIGEST) && was.contains(DIGEST)) {
                found.add(ChangeRule.IMAGE_WITHOUT_DIGEST.of(
                        container, "image %s is whatever its tag names on the day".formatted(image)));
            }
        });
        return found;
    }

    private static Map<String, String> images(Mesh mesh, ObjectChanges changes) {
        Map<String, String> images = new TreeMap<>();
        for (Pod pod : mesh.pods().all()) {
            if (changes.touches(pod.source().manifest())) {
                for (String list : List.of("containers", "initContainers")) {
                    Fields.items(pod.spec().path(list))
                            .forEach(container -> images.put(
                                    "%s/%s container %s"
                                            .formatted(
                                                    pod.namespace(),
                                                    pod.name(),
                                                    container.path("name").asText("")),
                                    container.path("image").asText("")));
                }
            }
        }
        return images;
    }
}
