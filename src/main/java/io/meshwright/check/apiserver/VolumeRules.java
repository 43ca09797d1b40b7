package io.meshwright.check.apiserver;

import io.meshwright.check.admission.field.Field;
import java.util.List;
import java.util.Set;

/** A volume of a pod (core/validation, validateVolumeSource). */
final class VolumeRules {
    private static final List<String> WITH_KEYS = List.of("configMap", "secret", "downwardAPI");
    /** The fields of a volume that Kubernetes reads besides its name; no other field is a source. */
    private static final Set<String> SOURCES = Set.of(
            "awsElasticBlockStore",
            "azureDisk",
            "azureFile",
            "cephfs",
            "cinder",
            "configMap",
            "csi",
            "downwardAPI",
            "emptyDir",
            "ephemeral",
            "fc",
            "flexVolume",
            "flocker",
            "gcePersistentDisk",
            "gitRepo",
            "glusterfs",
            "hostPath",
            "image",
            "iscsi",
            "nfs",
            "persistentVolumeClaim",
            "photonPersistentDisk",
            "portworxVolume",
            "projected",
            "quobyte",
            "rbd",
            "scaleIO",
            "secret",
            "storageos",
            "vsphereVolume");

    private static final int MOST_MODE = 511;

    private VolumeRules() {}

    static void examine(Field volume) {
        Form.LABEL.examine(volume.at("name"));
        List<String> sources = volume.entries().stream()
                .filter(Field::isSet)
                .map(Field::key)
                .filter(SOURCES::contains)
                .toList();
        if (sources.size() > 1) {
            volume.refuse(
                    "%s do not go together".formatted(String.join(" and ", sources)), "Write one source of a volume.");
        }
        Limits.needed(volume.at("secret"), "secretName", "Write the Secret's name.");
        Limits.needed(volume.at("configMap"), "name", "Write the ConfigMap's name.");
        Limits.needed(volume.at("hostPath"), "path", "Write the path on the node.");
        nfs(volume.at("nfs"));
        WITH_KEYS.forEach(source -> files(volume.at(source), source));
        if (volume.at("projected").isSet()) {
            mode(volume.at("projected").at("defaultMode"));
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
        WITH_KEYS.forEach(kind -> files(source.at(kind), kind));
    }

    /** The files that a source makes (validateKeyToPath, validateDownwardAPIVolumeFile). */
    private static void files(Field source, String kind) {
        mode(source.at("defaultMode"));
        for (Field item : source.at("items").items()) {
            inside(item.at("path"));
            mode(item.at("mode"));
            if (kind.equals("downwardAPI")) {
                Limits.exactlyOne(item, "fieldRef", "resourceFieldRef");
                Form.FIELD_IN_FILE.examine(item.at("fieldRef").at("fieldPath"));
                Limits.needed(item.at("resourceFieldRef"), "containerName", "Write the container's name.");
            }
        }
    }

    private static void mode(Field mode) {
        if (mode.number() < 0 || mode.number() > MOST_MODE) {
            mode.refuse(
                    "%d is no mode of a file, which are 0 to 0777 in octal digits and %d in decimal ones"
                            .formatted(mode.number(), MOST_MODE),
                    "Write the octal digits with a 0 before them, such as 0644.");
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
