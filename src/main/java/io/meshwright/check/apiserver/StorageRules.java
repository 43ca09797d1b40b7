package io.meshwright.check.apiserver;

import io.meshwright.check.admission.Field;
import io.meshwright.check.schema.Amount;

/** A claim of a volume (core/validation, ValidatePersistentVolumeClaimSpec). */
final class StorageRules {

  private StorageRules() {}

  static void claim(Field spec) {
    if (!spec.isSet()) {
      return;
    }
    Limits.needed(spec, "accessModes", "Write such as [ReadWriteOnce].");
    Field size = spec.at("resources").at("requests").at("storage");
    if (!size.isSet()) {
      (spec.at("resources").isSet() ? spec.at("resources") : spec).refuse("it is not said how much storage is claimed",
          "Write resources.requests.storage.");
    } else if (Amount.of(size.node()).filter(amount -> amount.value().signum() <= 0).isPresent()) {
      size.refuse("\"%s\" is not above 0".formatted(size.text()), "Write such as 10Gi.");
    }
    if (spec.at("accessModes").size() > 1 && spec.at("accessModes").items().stream()
        .anyMatch(mode -> mode.text().equals("ReadWriteOncePod"))) {
      spec.at("accessModes").refuse("ReadWriteOncePod stands alone", "Write it as the only mode.");
    }
    Form.SUBDOMAIN.examine(spec.at("storageClassName"));
    Selectors.selector(spec.at("selector"));
  }
}
