package io.meshwright.value.workload;

import io.meshwright.value.Doc;
import io.meshwright.value.Quantity;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import org.jspecify.annotations.Nullable;

/** A persistent volume that each pod has for itself. */
@Doc("A persistent volume that each pod has for itself.")
public record Claim(
        @Required @Doc("Bytes, for example 10Gi.") Quantity size,

        @Nullable @Doc("Default: the cluster's storageClass.")
        String storageClass) {
    public Claim {
        Quantity.bytes("size", Require.present("size", size));
    }

    /** The same, from a class where it names none. */
    public Claim orClass(String other) {
        return storageClass == null ? new Claim(size, other) : this;
    }
}
