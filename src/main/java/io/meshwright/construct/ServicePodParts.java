package io.meshwright.construct;

import io.meshwright.construct.pod.Pod;
import io.meshwright.construct.pod.PodContainer;
import io.meshwright.construct.pod.PodMount;
import io.meshwright.construct.pod.PodVolume;
import io.meshwright.value.ImageReference;
import io.meshwright.value.Name;
import io.meshwright.value.istio.IstioAnnotations;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.workload.ConfigMapUse;
import io.meshwright.value.workload.Container;
import io.meshwright.value.workload.ExtraContainer;
import io.meshwright.value.workload.PodSettings;
import io.meshwright.value.workload.Volume;
import io.meshwright.value.workload.VolumeMount;
import io.meshwright.value.workload.WorkloadKind;
import io.meshwright.value.workload.data.ConfigMapData;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Surroundings of the application in its pod: nodes, registries, volumes, and containers before and beside it. */
final class ServicePodParts {
    private final SecureService.Props props;
    private final Container container;
    private final PodSettings settings;

    ServicePodParts(SecureService.Props props, Container container) {
        this.props = props;
        this.container = container;
        this.settings = props.running().settings();
    }

    /** {@code image} is the application's, which containers without one of their own run too. */
    void addTo(Pod.Builder pod, ImageReference image) {
        place(pod);
        settings.volumes().forEach((name, volume) -> pod.volume(volume(name.toString(), volume)));
        PodFiles.of(props.app(), container, settings).annotate(pod, read());
        boolean staying = props.running().nativeSidecars();
        // Native sidecars start in their order among the init containers: first, so that those may call them.
        settings.sidecars().forEach((name, extra) -> {
            PodContainer.Builder beside = container(name.toString(), extra, image);
            if (staying) {
                pod.initContainer(beside.staysBeside(true).build());
            } else {
                pod.container(beside.build());
            }
        });
        settings.initContainers()
                .forEach((name, extra) -> pod.initContainer(
                        container(name.toString(), extra, image).build()));
        boolean ends = props.running().kind().filter(WorkloadKind::ends).isPresent();
        if (props.party().inMesh()
                && staying
                && (ends || !settings.initContainers().isEmpty())) {
            // Without it, init containers run before the proxy and reach nothing, and a Job never ends, because its
            // proxy does not [istio.io, change notes of 1.24].
            pod.annotation(IstioAnnotations.NATIVE_SIDECAR, "true");
        }
    }

    /** The ConfigMaps made here that its containers name. */
    private SortedMap<ObjectName, ConfigMapData> read() {
        SortedMap<ObjectName, ConfigMapData> read =
                new TreeMap<>(props.running().configMaps());
        read.keySet()
                .retainAll(ConfigMapUse.of(container, settings).stream()
                        .map(ConfigMapUse::name)
                        .collect(Collectors.toSet()));
        return read;
    }

    /** The driver writes keys for one group, which is the pod's. */
    private PodVolume volume(String name, Volume volume) {
        return volume.csi() == null
                ? PodVolume.given(name, volume.resourcesOf(Name.of(props.app())))
                : PodVolume.certificate(name, volume.csi(), Optional.of(container.user()));
    }

    private void place(Pod.Builder pod) {
        pod.imagePullSecrets(settings.imagePullSecrets())
                .hostAliases(settings.hostAliases())
                .nodeSelector(settings.nodeSelector())
                .tolerations(settings.tolerations());
        pod.spread(settings.topologySpreadConstraints());
        if (settings.schedulerName() != null) {
            pod.schedulerName(settings.schedulerName().toString());
        }
        if (settings.dnsConfig() != null) {
            pod.dnsConfig(settings.dnsConfig());
        }
        if (settings.affinity() != null) {
            pod.affinity(settings.affinity());
        }
        if (settings.priorityClassName() != null) {
            pod.priorityClass(settings.priorityClassName().toString());
        }
        if (settings.runtimeClassName() != null) {
            pod.runtimeClass(settings.runtimeClassName().toString());
        }
        if (settings.terminationGracePeriodSeconds() != null) {
            pod.graceSeconds(settings.terminationGracePeriodSeconds().longValue());
        }
    }

    private static PodContainer.Builder container(String name, ExtraContainer extra, ImageReference image) {
        PodContainer.Builder built = PodContainer.named(name)
                .image(extra.image() == null ? image : extra.image())
                .command(extra.command())
                .args(extra.args())
                .env(extra.env())
                .secretEnv(extra.secretEnv())
                .envFrom(extra.envFrom())
                .resources(extra.resources());
        if (extra.user() != null) {
            built.user(extra.user());
        }
        if (extra.securityContext() != null) {
            built.securityContext(extra.securityContext());
        }
        PodFiles.mount(name, built, extra.files());
        mount(built, extra.volumeMounts());
        return built;
    }

    static void mount(PodContainer.Builder mounting, List<VolumeMount> mounts) {
        mounts.forEach(mount -> mounting.mount(
                new PodMount(mount.name().toString(), mount.mountPath(), mount.subPath(), mount.readOnly())));
    }
}
