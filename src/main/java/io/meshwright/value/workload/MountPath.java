package io.meshwright.value.workload;

import com.google.re2j.Pattern;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;

/** A folder of a container over which a volume is put: an absolute path, and not one without which nothing runs. */
final class MountPath {
    private static final Pattern FOLDERS = Pattern.compile("(/[^/:]+)+/?"); // Kubernetes refuses a colon in a mountPath
    private static final String KERNELS = "/(proc|sys|dev)(/.*)?";

    private MountPath() {}

    /** Refuses, at {@code key}, a path that is none or that hides the system. */
    static void check(String key, String path) {
        String quoted = Plain.quoted(path);
        Require.that(path.startsWith("/"), key, "%s is not an absolute path".formatted(quoted), "start it with /");
        Require.that(
                FOLDERS.matches(path) && !path.matches(".*/\\.{1,2}(/.*)?"),
                key,
                path.matches("/+")
                        ? "%s would hide the whole image".formatted(quoted)
                        : "%s is no folder".formatted(quoted),
                "name one folder, such as /tmp");
        Require.that(!path.matches(KERNELS), key, "%s is the kernel's own".formatted(quoted), "name another folder");
    }
}
