package io.meshwright.construct;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.value.Name;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.workload.data.ConfigMapData;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * Makes a ConfigMap that several services of a namespace read. Its name stays when its data change: services that are
 * told of it by {@link SecureService.Builder#configMaps} start new pods then.
 */
public final class SharedConfigMap {
    private SharedConfigMap() {}

    public static ApiObject of(Construct scope, Name namespace, ObjectName name, ConfigMapData data) {
        return KubernetesObject.of(
                scope,
                "config-map-%s.%s".formatted(namespace, name),
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name.toString())
                        .withNamespace(namespace.toString())
                        .endMetadata()
                        .withData(data.texts().isEmpty() ? null : data.texts())
                        .withBinaryData(data.binaries().isEmpty() ? null : data.binaries())
                        .build());
    }
}
