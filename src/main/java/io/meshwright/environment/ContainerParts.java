package io.meshwright.environment;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.workload.Container;
import io.meshwright.value.workload.ExtraContainer;
import io.meshwright.value.workload.Lifecycle;
import io.meshwright.value.workload.PodSettings;
import io.meshwright.value.workload.Probe;
import io.meshwright.value.workload.Probes;
import io.meshwright.value.workload.ServicePort;
import io.meshwright.value.workload.Volume;
import io.meshwright.value.workload.VolumeMount;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parts that containers of one service name of each other: ports that are asked, volumes that are mounted. */
final class ContainerParts {
    private static final String OF_STORAGE = "data";

    private final Container container;
    private final PodSettings pod;
    private final List<ServicePort> ports;
    private final Set<Name> claims;

    private ContainerParts(Container container, PodSettings pod, List<ServicePort> ports, Set<Name> claims) {
        this.container = container;
        this.pod = pod;
        this.ports = ports;
        this.claims = claims;
    }

    /** Refuses what names something that is not there, and a volume that nobody mounts. */
    static void agree(Container container, PodSettings pod, List<ServicePort> ports, Set<Name> claims) {
        ContainerParts parts = new ContainerParts(container, pod, ports, claims);
        parts.probes();
        parts.lifecycle();
        parts.mounts();
    }

    private void probes() {
        Probes probes = container.probes();
        known(probes.port(), "container.probes.port");
        asked(probes.ready(), "container.probes.ready");
        asked(probes.live() == probes.ready() ? null : probes.live(), "container.probes.live");
    }

    private void asked(@Nullable Probe probe, String at) {
        if (probe == null || !probe.asksPort()) {
            return;
        }
        Require.that(!ports.isEmpty(), at, "asks a port, and there is none", "write exec, or add ports");
        known(probe.port(), "%s.%s.port".formatted(at, probe.kind()));
    }

    private void lifecycle() {
        Lifecycle lifecycle = container.lifecycle();
        if (lifecycle == null) {
            return;
        }
        handler(lifecycle.postStart(), "container.lifecycle.postStart");
        handler(lifecycle.preStop(), "container.lifecycle.preStop");
        Require.that(
                lifecycle.sleepSeconds() < pod.graceSeconds(),
                "container.lifecycle.preStop.sleep.seconds",
                "\"%d\" leaves nothing of the %d seconds after which the pod is killed"
                        .formatted(lifecycle.sleepSeconds(), pod.graceSeconds()),
                "lower it, or raise pod.terminationGracePeriodSeconds");
    }

    private void handler(Lifecycle.@Nullable Handler handler, String at) {
        if (handler != null && handler.httpGet() != null) {
            Require.that(!ports.isEmpty(), at, "asks a port, and there is none", "write exec, or add ports");
            known(handler.httpGet().port(), "%s.httpGet.port".formatted(at));
        }
    }

    private void known(@Nullable Name port, String at) {
        Require.that(
                port == null || ports.stream().anyMatch(each -> each.name().equals(port)),
                at,
                "there is no port \"%s\"".formatted(port),
                ports.isEmpty()
                        ? "add it to ports"
                        : "use one of: %s"
                                .formatted(ports.stream()
                                        .map(each -> each.name().toString())
                                        .collect(Collectors.joining(", "))));
    }

    private void mounts() {
        Map<String, List<VolumeMount>> mounts = new LinkedHashMap<>();
        mounts.put("container", container.volumeMounts());
        extras("pod.initContainers", pod.initContainers(), mounts);
        extras("pod.sidecars", pod.sidecars(), mounts);
        Set<Name> mounted = new HashSet<>();
        mounts.forEach((at, each) -> {
            for (int i = 0; i < each.size(); i++) {
                mount(KeyPath.of(at).key("volumeMounts").index(i), each.get(i));
                mounted.add(each.get(i).name());
            }
        });
        pod.volumes().keySet().forEach(volume -> used(mounted, volume, "pod.volumes"));
        for (Name claim : claims) {
            String at = "workload.volumeClaimTemplates";
            used(mounted, claim, at);
            Require.that(
                    !pod.volumes().containsKey(claim) && !claim.toString().equals(OF_STORAGE),
                    "%s.%s".formatted(at, claim),
                    "is the name of another volume of the pod",
                    "give it a name of its own");
        }
    }

    private static void used(Set<Name> mounted, Name volume, String at) {
        Require.that(
                mounted.contains(volume),
                "%s.%s".formatted(at, volume),
                "is mounted by no container",
                "add it to the volumeMounts of one, or remove it");
    }

    private static void extras(String at, Map<Name, ExtraContainer> containers, Map<String, List<VolumeMount>> mounts) {
        containers.forEach((name, extra) -> mounts.put("%s.%s".formatted(at, name), extra.volumeMounts()));
    }

    private void mount(KeyPath at, VolumeMount mount) {
        if (claims.contains(mount.name())) {
            return;
        }
        Volume volume = pod.volumes().get(mount.name());
        if (volume == null) {
            throw new InvalidValue(
                    at.key("name"), "there is no volume \"%s\"".formatted(mount.name()), "add it to pod.volumes");
        }
        Require.that(
                volume.isWritable() || !mount.readOnly(),
                at.key("readOnly").text(),
                "is said of a volume that nobody can write to",
                "remove it");
    }
}
