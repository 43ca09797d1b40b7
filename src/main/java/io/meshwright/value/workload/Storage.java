package io.meshwright.value.workload;

import io.meshwright.value.Doc;
import io.meshwright.value.Quantity;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import org.jspecify.annotations.Nullable;

/**
 * A persistent volume of one workload; a workload that has one is a StatefulSet, which can remount it (incident I5).
 */
@Doc("A persistent volume; the workload becomes a StatefulSet, so that a new pod can remount it.")
public record Storage(
        @Required @Doc("Bytes, for example 10Gi.") Quantity size,

        @Required @Doc("Where the container sees it.") @Sample("/var/lib/data")
        String mountPath,

        @Nullable @Doc("Default: the cluster's storageClass.")
        String storageClass) {
    public Storage {
        Quantity.bytes("size", Require.present("size", size));
        MountPath.check("mountPath", Require.present("mountPath", mountPath));
    }

    /** The same from another class. */
    public Storage withClass(String other) {
        return new Storage(size, mountPath, other);
    }
}
