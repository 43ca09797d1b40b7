package io.meshwright.check.apiserver;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.text.Amount;
import java.util.Set;

/** Volumes and claims of them (core/validation, ValidatePersistentVolumeSpec, ValidatePersistentVolumeClaimSpec). */
final class StorageRules {
    // What a PersistentVolume says beside its source.
    private static final Set<String> ABOUT = Set.of(
            "accessModes",
            "capacity",
            "claimRef",
            "mountOptions",
            "nodeAffinity",
            "persistentVolumeReclaimPolicy",
            "storageClassName",
            "volumeAttributesClassName",
            "volumeMode");

    private StorageRules() {}

    static void volume(Field spec) {
        Limits.needed(spec, "accessModes", "Write such as [ReadWriteOnce].");
        Limits.needed(spec, "capacity", "Write capacity.storage.");
        boolean backed = spec.entries().stream().anyMatch(field -> field.isSet() && !ABOUT.contains(field.key()));
        if (spec.isSet() && !backed) {
            spec.refuse("it is not said where the volume lies", "Write such as nfs, csi or hostPath.");
        }
        VolumeRules.nfs(spec.at("nfs"));
    }

    static void claim(Field spec) {
        if (!spec.isSet()) {
            return;
        }
        Limits.needed(spec, "accessModes", "Write such as [ReadWriteOnce].");
        Field size = spec.at("resources").at("requests").at("storage");
        if (!size.isSet()) {
            (spec.at("resources").isSet() ? spec.at("resources") : spec)
                    .refuse("it is not said how much storage is claimed", "Write resources.requests.storage.");
        } else if (Amount.of(size.node())
                .filter(amount -> amount.value().signum() <= 0)
                .isPresent()) {
            size.refuse("\"%s\" is not above 0".formatted(size.text()), "Write such as 10Gi.");
        }
        if (spec.at("accessModes").size() > 1
                && spec.at("accessModes").items().stream()
                        .anyMatch(mode -> mode.text().equals("ReadWriteOncePod"))) {
            spec.at("accessModes").refuse("ReadWriteOncePod stands alone", "Write it as the only mode.");
        }
        Form.SUBDOMAIN.examine(spec.at("storageClassName"));
        Selectors.selector(spec.at("selector"));
    }
}
