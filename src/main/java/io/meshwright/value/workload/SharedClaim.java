package io.meshwright.value.workload;

import io.meshwright.value.Doc;
import io.meshwright.value.Quantity;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import org.jspecify.annotations.Nullable;

/** A persistent volume that pods of several nodes mount at once (ReadWriteMany). */
@Doc("A persistent volume that pods of several nodes mount at once (ReadWriteMany); the disk of one workload is its"
        + " container.storage.")
@Sample("{size: 100Gi, storageClass: nfs}")
public record SharedClaim(
        @Required @Doc("Bytes, for example 100Gi.") Quantity size,

        @Nullable @Doc("A class of a network file system, such as nfs; default: the cluster's storageClass.")
        String storageClass) {
    public SharedClaim {
        Quantity.bytes("size", Require.present("size", size));
    }

    /** Its class, or this one where it names none. */
    public String classOr(String other) {
        return storageClass == null ? other : storageClass;
    }
}
