package io.meshwright.construct.pod;

import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

/**
 * Where a container sees a volume.
 *
 * @param volume name of the volume in the pod
 * @param path absolute path in the container
 * @param subPath one file or folder of the volume, or null for all of it
 * @param readOnly whether the container may only read it
 */
public record PodMount(String volume, String path, String subPath, boolean readOnly) {

  /** Writable, the whole volume. */
  public static PodMount writable(String volume, String path) {
    return new PodMount(volume, path, null, false);
  }

  /** Read-only, the whole volume. */
  public static PodMount readOnly(String volume, String path) {
    return new PodMount(volume, path, null, true);
  }

  VolumeMount render() {
    return new VolumeMountBuilder().withName(volume).withMountPath(path).withSubPath(subPath)
        .withReadOnly(readOnly ? Boolean.TRUE : null).build();
  }
}
