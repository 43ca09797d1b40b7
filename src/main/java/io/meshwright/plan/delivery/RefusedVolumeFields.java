package io.meshwright.plan.delivery;

import io.meshwright.check.text.Amount;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifests;
import io.meshwright.plan.object.FieldChange;
import io.meshwright.plan.object.ObjectChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The fields that volumes and claims do not let change (kubernetes, pkg/apis/core/validation,
 * ValidatePersistentVolumeUpdate and ValidatePersistentVolumeClaimUpdate;
 * plugin/pkg/admission/storage/persistentvolume/resize).
 */
final class RefusedVolumeFields {
    static final Kind STORAGE_CLASS = new Kind("storage.k8s.io", "StorageClass");

    /** All of a volume's fields that do not say where its data lie. */
    private static final Set<String> FREE_IN_VOLUME = Set.of(
            "accessModes",
            "capacity",
            "claimRef",
            "mountOptions",
            "persistentVolumeReclaimPolicy",
            "storageClassName",
            "volumeAttributesClassName");

    private final Map<String, Boolean> growing;

    /** @param manifests the storage classes that are known are among them */
    RefusedVolumeFields(Manifests manifests) {
        growing = manifests.kind(STORAGE_CLASS).stream()
                .collect(Collectors.toMap(
                        each -> each.name(),
                        each -> each.at("/allowVolumeExpansion").asBoolean(false),
                        (first, second) -> first || second));
    }

    Optional<String> ofVolume(ObjectChange.Changed changed, FieldChange field) {
        List<String> path = field.path();
        if (path.size() < 2 || !path.get(0).equals("spec") || FREE_IN_VOLUME.contains(path.get(1))) {
            return Optional.empty();
        }
        boolean isSet = !changed.before().at("/spec/nodeAffinity").isMissingNode();
        if (path.get(1).equals("nodeAffinity") && !isSet || field.isBelow("spec", "csi", "controllerExpandSecretRef")) {
            return Optional.empty();
        }
        return Optional.of(FieldRule.ANEW);
    }

    /** A claim may only grow, and where its class does not allow that, not even so. */
    Optional<String> ofClaim(ObjectChange.Changed changed, FieldChange field) {
        if (!field.isBelow("spec") || field.isBelow("spec", "volumeAttributesClassName")) {
            return Optional.empty();
        }
        if (!field.isBelow("spec", "resources", "requests", "storage")) {
            return Optional.of("write a new claim with another name and copy the data");
        }
        Optional<Amount> was = Amount.of(changed.before().at("/spec/resources/requests/storage"));
        Optional<Amount> is = Amount.of(changed.after().at("/spec/resources/requests/storage"));
        if (was.isEmpty() || is.isEmpty()) {
            return Optional.empty();
        }
        if (is.get().compareTo(was.get()) < 0) {
            return Optional.of("a claim cannot shrink: write a new one and copy the data");
        }
        String storage = changed.after().at("/spec/storageClassName").asText("");
        return growing.getOrDefault(storage, true)
                ? Optional.empty()
                : Optional.of(
                        "StorageClass %s does not let claims grow: set allowVolumeExpansion: true where its provisioner can"
                                .formatted(storage));
    }
}
