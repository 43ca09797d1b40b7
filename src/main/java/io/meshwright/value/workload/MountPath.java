package io.meshwright.value.workload;

import com.google.re2j.Pattern;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A folder of a container over which a volume is put: an absolute path, and not one without which nothing runs. */
final class MountPath {
    private static final Pattern FOLDERS = Pattern.compile("(/[^/:]+)+/?"); // Kubernetes refuses a colon in a mountPath
    private static final String KERNELS = "(?s)/(proc|sys|dev)(/.*)?";

    private MountPath() {}

    /** Refuses, at {@code key}, a path that is none or that hides the system. */
    static void check(String key, String path) {
        String quoted = Plain.quoted(path);
        Require.that(path.startsWith("/"), key, "%s is not an absolute path".formatted(quoted), "start it with /");
        Require.that(
                FOLDERS.matches(path) && !path.matches("(?s).*/\\.{1,2}(/.*)?"),
                key,
                path.matches("/+")
                        ? "%s would hide the whole image".formatted(quoted)
                        : "%s is no folder".formatted(quoted),
                "name one folder, such as /tmp");
        Require.that(!path.matches(KERNELS), key, "%s is the kernel's own".formatted(quoted), "name another folder");
    }

    /** Refuses files and mounts at a path that something else has, by the key of what has it. */
    static void apart(Map<String, String> taken, Set<String> files, List<VolumeMount> mounts) {
        Map<String, String> owners = new LinkedHashMap<>(taken);
        for (String file : files) {
            String key = KeyPath.of("files").key(file).text();
            check(key, file);
            Require.that(!file.endsWith("/"), key, "is a folder", "name the file");
            alone(owners, file, key);
        }
        for (int i = 0; i < mounts.size(); i++) {
            alone(owners, mounts.get(i).mountPath().replaceFirst("/$", ""), "volumeMounts[%d]".formatted(i));
        }
    }

    private static void alone(Map<String, String> owners, String path, String key) {
        String owner = owners.putIfAbsent(path, key);
        Require.that(
                owner == null,
                key,
                "%s is taken by %s already".formatted(Plain.quoted(path), owner),
                "give it another path, or remove it");
    }
}
