package io.meshwright.construct.pod;

import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFileBuilder;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.meshwright.value.workload.data.ConfigMapFiles;
import io.meshwright.value.workload.data.DownwardFiles;
import io.meshwright.value.workload.data.FileMode;
import io.meshwright.value.workload.data.KeyFile;
import io.meshwright.value.workload.data.ResourceFieldRef;
import io.meshwright.value.workload.data.SecretFiles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes volumes whose files are keys of a ConfigMap or Secret, or fields of the pod. */
final class PodData {
    private PodData() {}

    static Volume of(String name, ConfigMapFiles files) {
        return new VolumeBuilder()
                .withName(name)
                .withNewConfigMap()
                .withName(files.name().toString())
                .withItems(items(files.items()))
                .withDefaultMode(mode(files.defaultMode()))
                .withOptional(PodVariables.ifTrue(files.optional()))
                .endConfigMap()
                .build();
    }

    static Volume of(String name, SecretFiles files) {
        return new VolumeBuilder()
                .withName(name)
                .withNewSecret()
                .withSecretName(files.secretName().toString())
                .withItems(items(files.items()))
                .withDefaultMode(mode(files.defaultMode()))
                .withOptional(PodVariables.ifTrue(files.optional()))
                .endSecret()
                .build();
    }

    static Volume of(String name, DownwardFiles files) {
        return new VolumeBuilder()
                .withName(name)
                .withNewDownwardAPI()
                .withItems(files.items().stream().map(PodData::item).toList())
                .withDefaultMode(mode(files.defaultMode()))
                .endDownwardAPI()
                .build();
    }

    private static DownwardAPIVolumeFile item(DownwardFiles.Item item) {
        DownwardAPIVolumeFileBuilder file =
                new DownwardAPIVolumeFileBuilder().withPath(item.path()).withMode(mode(item.mode()));
        if (item.fieldRef() != null) {
            file.withNewFieldRef().withFieldPath(item.fieldRef().fieldPath()).endFieldRef();
        } else if (item.resourceFieldRef() != null) {
            file.withResourceFieldRef(resource(item.resourceFieldRef()));
        }
        return file.build();
    }

    /** The API server adds a divisor of 0, which counts as 1, and Argo CD takes it away again for ever. */
    static ResourceFieldSelector resource(ResourceFieldRef asked) {
        ResourceFieldSelector selector = KubernetesModel.of(asked, ResourceFieldSelector.class);
        if (selector.getDivisor() == null) {
            selector.setDivisor(new Quantity("0"));
        }
        return selector;
    }

    private static List<KeyToPath> items(List<KeyFile> items) {
        return items.stream()
                .map(item -> new KeyToPath(item.key(), mode(item.mode()), item.path()))
                .toList();
    }

    private static @Nullable Integer mode(@Nullable FileMode mode) {
        return mode == null ? null : mode.decimal();
    }
}
