package io.meshwright.construct.pod;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.meshwright.value.workload.Claim;

/** Asks for a volume that one node at a time mounts. */
public final class ClaimSpec {
    private ClaimSpec() {}

    public static PersistentVolumeClaimSpec of(Claim claim) {
        return new PersistentVolumeClaimSpecBuilder()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(claim.storageClass())
                .withNewResources()
                .addToRequests("storage", new Quantity(claim.size().toString()))
                .endResources()
                .build();
    }
}
