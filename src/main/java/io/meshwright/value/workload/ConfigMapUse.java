package io.meshwright.value.workload;

import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.workload.data.ConfigMapFiles;
import io.meshwright.value.workload.data.EnvFrom;
import io.meshwright.value.workload.data.EnvVar;
import io.meshwright.value.workload.data.KeyFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A ConfigMap that containers of a service read, at the place where they name it.
 *
 * @param at the place below the service
 * @param name of the ConfigMap
 * @param keys that are asked for, by their places; none: all that it has
 * @param optional whether the pod starts without it
 * @param isVariable whether it is read into variables, and not as files
 */
public record ConfigMapUse(
        KeyPath at, ObjectName name, Map<KeyPath, String> keys, boolean optional, boolean isVariable) {
    /** All of one service's pods, in the order of the file. */
    public static List<ConfigMapUse> of(Container container, PodSettings pod) {
        List<ConfigMapUse> uses = new ArrayList<>();
        KeyPath own = KeyPath.of("container");
        variables(own, container.env(), container.envFrom(), uses);
        KeyPath beside = KeyPath.of("pod");
        extras(beside.key("initContainers"), pod.initContainers(), uses);
        extras(beside.key("sidecars"), pod.sidecars(), uses);
        pod.volumes().forEach((name, volume) -> {
            ConfigMapFiles files = volume.configMap();
            if (files != null) {
                uses.add(volume(beside.key("volumes").key(name.toString()).key("configMap"), files));
            }
        });
        return uses;
    }

    private static void extras(KeyPath at, Map<Name, ExtraContainer> containers, List<ConfigMapUse> uses) {
        containers.forEach((name, extra) -> variables(at.key(name.toString()), extra.env(), extra.envFrom(), uses));
    }

    private static void variables(KeyPath at, Map<String, EnvVar> env, List<EnvFrom> envFrom, List<ConfigMapUse> uses) {
        env.forEach((variable, source) -> {
            if (source.configMapKeyRef() != null) {
                KeyPath place = at.key("env").key(variable).key("configMapKeyRef");
                uses.add(new ConfigMapUse(
                        place,
                        source.configMapKeyRef().name(),
                        Map.of(place.key("key"), source.configMapKeyRef().key()),
                        source.configMapKeyRef().optional(),
                        true));
            }
        });
        for (int i = 0; i < envFrom.size(); i++) {
            ObjectName whole = envFrom.get(i).configMapRef();
            if (whole != null) {
                uses.add(new ConfigMapUse(
                        at.key("envFrom").index(i),
                        whole,
                        Map.of(),
                        envFrom.get(i).optional(),
                        true));
            }
        }
    }

    private static ConfigMapUse volume(KeyPath at, ConfigMapFiles files) {
        Map<KeyPath, String> keys = new LinkedHashMap<>();
        List<KeyFile> items = files.items();
        for (int i = 0; i < items.size(); i++) {
            keys.put(at.key("items").index(i).key("key"), items.get(i).key());
        }
        return new ConfigMapUse(at, files.name(), keys, files.optional(), false);
    }
}
