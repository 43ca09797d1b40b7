package io.meshwright.construct;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.value.Name;
import io.meshwright.value.workload.SharedClaim;
import java.util.Map;
import java.util.TreeMap;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/** Makes a PersistentVolumeClaim that pods of several nodes mount at once. */
public final class SharedVolume {
    private SharedVolume() {}

    /**
     * Of one namespace.
     *
     * @param storageClass of a claim that names none
     * @param annotations such as those by which Argo CD keeps it until a person confirms that it goes
     */
    public static ApiObject of(
            Construct scope,
            Name namespace,
            Name name,
            SharedClaim claim,
            String storageClass,
            Map<String, String> annotations) {
        return KubernetesObject.of(
                scope,
                "claim-%s-%s".formatted(namespace, name),
                new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName(name.toString())
                        .withNamespace(namespace.toString())
                        .withAnnotations(new TreeMap<>(annotations))
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteMany")
                        .withStorageClassName(claim.classOr(storageClass))
                        .withNewResources()
                        .addToRequests("storage", new Quantity(claim.size().toString()))
                        .endResources()
                        .endSpec()
                        .build());
    }
}
