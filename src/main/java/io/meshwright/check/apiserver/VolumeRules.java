package io.meshwright.check.apiserver;

import io.meshwright.check.admission.field.Field;
import java.util.List;

/** A volume of a pod (core/validation, validateVolumeSource). */
final class VolumeRules {
    private static final List<String> WITH_KEYS = List.of("configMap", "secret", "downwardAPI");

    private VolumeRules() {}

    static void examine(Field volume) {
        Form.LABEL.examine(volume.at("name"));
        List<String> sources = volume.entries().stream()
                .filter(Field::isSet)
                .map(Field::key)
                .filter(key -> !key.equals("name"))
                .toList();
        if (sources.size() > 1) {
            volume.refuse(
                    "%s do not go together".formatted(String.join(" and ", sources)), "Write one source of a volume.");
        }
        Limits.needed(volume.at("secret"), "secretName", "Write the Secret's name.");
        Limits.needed(volume.at("configMap"), "name", "Write the ConfigMap's name.");
        Limits.needed(volume.at("hostPath"), "path", "Write the path on the node.");
        nfs(volume.at("nfs"));
        for (String source : WITH_KEYS) {
            volume.at(source).at("items").items().forEach(item -> inside(item.at("path")));
        }
        if (volume.at("projected").isSet()) {
            volume.at("projected").at("sources").items().forEach(VolumeRules::projected);
        }
        Field claim = volume.at("ephemeral").at("volumeClaimTemplate");
        if (claim.isSet()) {
            StorageRules.claim(claim.at("spec"));
        }
    }

    static void nfs(Field nfs) {
        Limits.needed(nfs, "server", "Write the server.");
        if (!nfs.at("path").isEmpty() && !nfs.at("path").text().startsWith("/")) {
            nfs.at("path")
                    .refuse(
                            "\"%s\" is no absolute path"
                                    .formatted(nfs.at("path").text()),
                            "Begin it with a slash.");
        }
    }

    private static void projected(Field source) {
        for (String map : List.of("configMap", "secret")) {
            Limits.needed(source.at(map), "name", "Write the name of the object.");
        }
    }

    /** Refuses a path that leads out of its volume. */
    static void inside(Field path) {
        if (path.text().startsWith("/") || List.of(path.text().split("/")).contains("..")) {
            path.refuse(
                    "\"%s\" leads out of the volume".formatted(path.text()), "Write a path below it, without \"..\".");
        }
    }
}
