package io.meshwright.construct;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.construct.pod.Pod;
import io.meshwright.construct.pod.PodContainer;
import io.meshwright.construct.pod.PodMount;
import io.meshwright.construct.pod.PodVolume;
import io.meshwright.value.KeyPath;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Sha256;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.workload.Container;
import io.meshwright.value.workload.PodSettings;
import io.meshwright.value.workload.data.ConfigMapData;
import io.meshwright.value.workload.data.MountedFile;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.constructs.Construct;

/**
 * The files that containers of one service read: one ConfigMap, of which each file is mounted by itself, so that what
 * lies beside it in the image stays. Such a mount never changes below a running container; new pods read the new text.
 */
final class PodFiles {
    private static final String VOLUME = "files";

    private final Name configMap;
    private final Map<String, String> data = new TreeMap<>();
    private final Map<String, String> binaryData = new TreeMap<>();

    private PodFiles(String app) {
        this.configMap = MeshwrightNames.filesOf(app);
    }

    static PodFiles of(String app, Container container, PodSettings pod) {
        PodFiles files = new PodFiles(app);
        files.add(app, container.files());
        pod.initContainers().forEach((name, extra) -> files.add(name.toString(), extra.files()));
        pod.sidecars().forEach((name, extra) -> files.add(name.toString(), extra.files()));
        return files;
    }

    private void add(String container, Map<String, MountedFile> files) {
        files.forEach((path, file) -> {
            String key = key(container, path);
            boolean other = data.containsKey(key) || binaryData.containsKey(key);
            if (file.binary() == null) {
                data.put(key, file.content());
            } else {
                binaryData.put(key, file.binary().base64());
            }
            Require.that(
                    !other,
                    KeyPath.of("files").key(path).text(),
                    "is hardly told from the path of another file",
                    "give one of them another name");
        });
    }

    /** The ConfigMap; none without files. */
    void render(Construct scope, Name namespace, Map<String, String> labels) {
        if (!isEmpty()) {
            KubernetesObject.of(
                    scope,
                    "files",
                    new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName(configMap.toString())
                            .withNamespace(namespace.toString())
                            .withLabels(new TreeMap<>(labels))
                            .endMetadata()
                            .withData(data.isEmpty() ? null : data)
                            .withBinaryData(binaryData.isEmpty() ? null : binaryData)
                            .build());
        }
    }

    /**
     * The volume, and a mark that changes with the text, and with that of the ConfigMaps that the pod reads besides, by
     * which new pods start: variables are read once, a file that is mounted by itself never changes, and a whole volume
     * changes on each node at another time, past every probe.
     */
    void annotate(Pod.Builder pod, SortedMap<ObjectName, ConfigMapData> read) {
        if (!isEmpty()) {
            pod.volume(PodVolume.config(VOLUME, configMap.toString()));
        }
        if (!isEmpty() || !read.isEmpty()) {
            Sha256 checksum = new Sha256();
            data.forEach((key, text) -> checksum.add(key).add(text));
            binaryData.forEach((key, text) -> checksum.add(key).add(text));
            read.forEach((name, shared) -> shared.addTo(checksum.add(name.toString())));
            pod.annotation(MeshwrightNames.CONFIG_CHECKSUM, checksum.hex());
        }
    }

    private boolean isEmpty() {
        return data.isEmpty() && binaryData.isEmpty();
    }

    /** Each file at its path, of the container that has this name. */
    static void mount(String container, PodContainer.Builder mounting, Map<String, MountedFile> files) {
        files.keySet().forEach(path -> mounting.mount(new PodMount(VOLUME, path, key(container, path), true)));
    }

    /** Two containers may have different files at one path. */
    private static String key(String container, String path) {
        return "%s.%s".formatted(container, path.substring(1).replace('/', '.').replaceAll("[^-._a-zA-Z0-9]", "_"));
    }
}
