package io.meshwright.construct;

import io.meshwright.construct.plus.GivenObject;
import io.meshwright.construct.plus.GivenVolume;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.workload.Container;
import io.meshwright.value.workload.PodSettings;
import io.meshwright.value.workload.Volume;
import io.meshwright.value.workload.VolumeMount;
import io.meshwright.value.workload.data.EnvFrom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cdk8s.plus34.IResource;

/** ConfigMaps, Secrets, service accounts and volumes of cdk8s-plus that a service mounts, reads and runs as. */
final class GivenResources {
    private record Named(String kind, IResource resource) {}

    private final List<Named> named = new ArrayList<>();
    private final Map<Name, Volume> volumes = new LinkedHashMap<>();
    private final List<VolumeMount> mounts = new ArrayList<>();
    private final List<EnvFrom> variables = new ArrayList<>();

    /** Notes a resource of this kind, and returns its name. */
    ObjectName name(String kind, IResource resource) {
        ObjectName own = GivenObject.of(kind, resource).name();
        named.add(new Named(kind, resource));
        return own;
    }

    void mount(String path, GivenVolume volume) {
        volumes.put(volume.name(), volume.volume());
        mounts.add(new VolumeMount(volume.name(), path, null, !volume.volume().isWritable()));
    }

    void envFrom(EnvFrom source) {
        variables.add(source);
    }

    /**
     * The same service with these.
     *
     * @throws InvalidValue where one stands in another namespace, or there is no container that could have it
     */
    SecureService.Props addedTo(SecureService.Props props) {
        named.forEach(
                one -> GivenObject.of(one.kind(), one.resource(), props.party().namespace()));
        if (mounts.isEmpty() && variables.isEmpty()) {
            return props;
        }
        Container own = props.container()
                .orElseThrow(() -> new InvalidValue(
                        "container",
                        "is missing, so that nothing can be mounted or read",
                        "give it; a workload that is given has volumes and variables of its own"));
        PodSettings settings = props.running().settings();
        return new SecureService.Props(
                props.subject(),
                props.app(),
                props.ports(),
                Optional.of(own.toBuilder()
                        .volumeMounts(joined(own.volumeMounts(), mounts))
                        .envFrom(joined(own.envFrom(), variables))
                        .build()),
                props.running()
                        .with(settings.toBuilder()
                                .volumes(joined(settings.volumes(), volumes))
                                .build()),
                props.scrape(),
                props.proxyMetadata(),
                props.proxyStats(),
                props.access(),
                props.foreignService());
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static <K, V> Map<K, V> joined(Map<K, V> first, Map<K, V> second) {
        Map<K, V> all = new LinkedHashMap<>(first);
        all.putAll(second);
        return all;
    }
}
