package io.meshwright.stack;

import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.platform.DiskClass;
import java.util.TreeMap;
import org.cdk8s.Chart;
import software.constructs.Construct;

/** The class of disks that a platform does not bring itself; volumes name it, so it need not be the default one. */
final class StorageStack extends Chart {
    static final String ID = "storage";

    StorageStack(Construct scope, DiskClass disks) {
        super(scope, ID);
        // Bound when a pod is placed: a disk of another zone could not be attached to its node.
        KubernetesObject.of(
                this,
                "disks",
                new StorageClassBuilder()
                        .withNewMetadata()
                        .withName(disks.name())
                        .endMetadata()
                        .withProvisioner(disks.provisioner())
                        .withParameters(new TreeMap<>(disks.parameters()))
                        .withAllowVolumeExpansion(true)
                        .withReclaimPolicy("Delete")
                        .withVolumeBindingMode("WaitForFirstConsumer")
                        .build());
    }
}
