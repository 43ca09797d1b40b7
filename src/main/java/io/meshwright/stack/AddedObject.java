package io.meshwright.stack;

import io.meshwright.environment.Environment;
import io.meshwright.environment.ManifestFolder;
import io.meshwright.value.KeyPath;
import io.meshwright.value.delivery.BesideFolder.RawObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One object that the environment's own keys do not make.
 *
 * @param key that brings it
 * @param path of its construct; empty where it has none yet
 * @param kinds that Argo CD's project shall admit besides the platform's
 * @param admitting what to do where it does not
 */
record AddedObject(KeyPath key, String path, RawObject object, Set<String> kinds, String admitting) {
    /** Those of the folders of manifests. */
    static List<AddedObject> ofManifests(Environment environment) {
        List<AddedObject> objects = new ArrayList<>();
        for (int i = 0; i < environment.manifests().size(); i++) {
            ManifestFolder folder = environment.manifests().get(i);
            KeyPath key = KeyPath.of("manifests").index(i);
            folder.path()
                    .objects()
                    .forEach(object -> objects.add(new AddedObject(
                            key,
                            "",
                            object,
                            Set.copyOf(folder.kinds()),
                            "write {path: %s, kinds: [%s]}"
                                    .formatted(folder.path().path(), object.groupKind()))));
        }
        return objects;
    }

    boolean isAdmitted() {
        return kinds.contains(object.groupKind());
    }
}
