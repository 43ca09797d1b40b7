package io.meshwright.construct.pod;

import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A volume at its path in a container.
 *
 * @param volume name of the volume in the pod
 * @param path absolute path in the container
 * @param subPath one file or folder of the volume, absent: all of it
 * @param readOnly whether the container may only read it
 * @param following whether it sees what the node mounts and unmounts below the path later
 */
public record PodMount(String volume, String path, @Nullable String subPath, boolean readOnly, boolean following) {
    /** One file or folder of the volume, which stays as it was when the container started. */
    public PodMount(String volume, String path, @Nullable String subPath, boolean readOnly) {
        this(volume, path, subPath, readOnly, false);
    }

    /** Writable, the whole volume. */
    public static PodMount writable(String volume, String path) {
        return new PodMount(volume, path, null, false);
    }

    /** Read-only, the whole volume. */
    public static PodMount readOnly(String volume, String path) {
        return new PodMount(volume, path, null, true);
    }

    /** Read-only, a folder of the node with whatever is mounted below it: what the node unmounts is let go here too. */
    public static PodMount ofNode(String volume, String path) {
        return new PodMount(volume, path, null, true, true);
    }

    VolumeMount render() {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withSubPath(subPath)
                .withReadOnly(readOnly ? Boolean.TRUE : null)
                .withMountPropagation(following ? "HostToContainer" : null)
                .build();
    }
}
