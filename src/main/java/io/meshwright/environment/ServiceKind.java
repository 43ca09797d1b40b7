package io.meshwright.environment;

import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.traffic.Release;
import io.meshwright.value.workload.Container;
import io.meshwright.value.workload.Existing;
import io.meshwright.value.workload.PodSettings;
import io.meshwright.value.workload.Scrape;
import io.meshwright.value.workload.ServicePort;
import io.meshwright.value.workload.StatefulSet;
import io.meshwright.value.workload.WorkloadKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The things that the kind of a service's workload leaves open for its other keys. */
record ServiceKind(
        @Nullable WorkloadKind workload, @Nullable Container container, PodSettings pod) {
    /** Refuses keys that this kind has no use for. */
    void refuse(
            @Nullable Scale scale,
            @Nullable Release release,
            @Nullable Name app,
            @Nullable Scrape metrics,
            @Nullable Map<String, String> proxyMetadata) {
        if (workload instanceof Existing) {
            others("container", container);
            others("pod", pod.equals(PodSettings.none()) ? null : pod);
            others("app", app);
            others("metrics", metrics);
            others("proxyMetadata", proxyMetadata);
            others("scale.autoscale", scale == null ? null : scale.autoscale());
            others("scale.vpa", scale == null ? null : scale.vpa());
            others("release", release != null && release.isManaged() ? release : null);
            return;
        }
        Require.present("container", container);
        if (workload != null) {
            of("release", release);
            of("scale", workload.ends() ? scale : null);
            of("scale.autoscale", scale == null ? null : scale.autoscale());
        }
    }

    /** Refuses ports and numbers of pods that this kind cannot have. */
    void fits(List<ServicePort> ports, Scale scale) {
        if (container == null) {
            return;
        }
        if (workload != null && workload.ends()) {
            of("ports", ports.isEmpty() ? null : ports);
            of("container.storage", container.storage());
            of("container.probes", container.probes().given().findAny().orElse(null));
        }
        Require.that(
                container.storage() == null || scale.replicas() == 1 || workload instanceof StatefulSet,
                "scale.replicas",
                "\"%d\" pods cannot share one volume".formatted(scale.replicas()),
                "use 1, or remove container.storage, or write workload: {type: statefulSet}, whose pods have one each");
        Set<Name> claims =
                workload instanceof StatefulSet set ? set.volumeClaimTemplates().keySet() : Set.of();
        ContainerParts.agree(container, pod, ports, claims);
    }

    /** Pods where the file says no number. */
    int usualPods() {
        boolean alone = container != null && container.storage() != null && !(workload instanceof StatefulSet);
        return alone || workload != null && workload.ends() ? 1 : 2;
    }

    private void others(String key, @Nullable Object value) {
        Require.that(
                value == null,
                key,
                "is for pods that are made here, and these are run by others",
                "remove it, or workload: {type: existing, ...}");
    }

    private void of(String key, @Nullable Object value) {
        String word = workload == null ? "" : workload.word();
        Require.that(value == null, key, "has no meaning for a workload of type %s".formatted(word), "remove it");
    }
}
