package io.meshwright.rehearsal.standin;

import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Stands in for a cluster's storage: its classes exist, and each claim gets a volume of its size. */
public final class Disks implements StandIn {
    @Override
    public void act(KubernetesClient client) {
        for (PersistentVolumeClaim claim :
                client.persistentVolumeClaims().inAnyNamespace().list().getItems()) {
            String storageClass = claim.getSpec().getStorageClassName();
            if (storageClass != null
                    && client.storage()
                                    .v1()
                                    .storageClasses()
                                    .withName(storageClass)
                                    .get()
                            == null) {
                client.resource(new StorageClassBuilder()
                                .withNewMetadata()
                                .withName(storageClass)
                                .endMetadata()
                                .withProvisioner("rehearsal.meshwright.io/disks")
                                .withAllowVolumeExpansion(true)
                                .build())
                        .create();
            }
            if (claim.getStatus() == null || !"Bound".equals(claim.getStatus().getPhase())) {
                provide(client, claim);
            }
        }
    }

    private static void provide(KubernetesClient client, PersistentVolumeClaim claim) {
        String namespace = claim.getMetadata().getNamespace();
        String name = "%s-%s".formatted(namespace, claim.getMetadata().getName());
        if (client.persistentVolumes().withName(name).get() != null) {
            return;
        }
        client.resource(new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withCapacity(claim.getSpec().getResources().getRequests())
                        .withAccessModes(claim.getSpec().getAccessModes())
                        .withStorageClassName(claim.getSpec().getStorageClassName())
                        .withVolumeMode(claim.getSpec().getVolumeMode())
                        .withNewHostPath("/nonexistent", "")
                        .withNewClaimRef()
                        .withNamespace(namespace)
                        .withName(claim.getMetadata().getName())
                        .endClaimRef()
                        .endSpec()
                        .build())
                .create();
    }
}
