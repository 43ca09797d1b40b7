package io.meshwright.construct;

import io.meshwright.construct.pod.Pod;
import io.meshwright.construct.pod.PodContainer;
import io.meshwright.construct.pod.PodMount;
import io.meshwright.construct.pod.PodVolume;
import io.meshwright.value.ImageReference;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.Name;
import io.meshwright.value.istio.IstioAnnotations;
import io.meshwright.value.workload.Container;
import io.meshwright.value.workload.ExtraContainer;
import io.meshwright.value.workload.Lifecycle;
import io.meshwright.value.workload.PodSettings;
import io.meshwright.value.workload.SecurityContext;
import io.meshwright.value.workload.WorkloadKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pod of one service: one application container, and what its sidecar and Prometheus read from annotations. */
final class ServicePod {
    private static final String SCRATCH_SIZE = "256Mi";

    private static final String EXIT_WHEN_IDLE = "EXIT_ON_ZERO_ACTIVE_CONNECTIONS";
    private static final String STAY_AT_LEAST = "MINIMUM_DRAIN_DURATION";
    private static final int DRAIN_SECONDS = 5; // of Istio [istio.io, Global Mesh Options, terminationDrainDuration]

    private final SecureService.Props props;
    private final Container container;
    private final PodSettings settings;

    ServicePod(SecureService.Props props, Container container) {
        this.props = props;
        this.container = container;
        this.settings = props.running().settings();
    }

    /** The pod of one version; {@code image} replaces the container's where the version has its own. */
    Pod of(Name version, @Nullable ImageReference image) {
        ImageReference own = image == null ? container.image() : image;
        Pod.Builder pod = Pod.of(props.app())
                .version(version.toString())
                .labels(settings.labels())
                .annotations(settings.annotations())
                .user(container.user())
                .endsForGood(ends())
                .token(settings.role() != null)
                .container(application(own));
        props.subject()
                .serviceAccount()
                .or(() -> Optional.ofNullable(settings.serviceAccountName()))
                .ifPresent(account -> pod.serviceAccount(account.toString()));
        for (int i = 0; i < container.writable().size(); i++) {
            pod.volume(PodVolume.scratch("scratch-%d".formatted(i), SCRATCH_SIZE));
        }
        new ServicePodParts(props, container).addTo(pod, own);
        if (!props.party().inMesh()) {
            pod.inject(false);
        }
        if (props.running().scale().pods() > 1
                && settings.topologySpreadConstraints().isEmpty()) {
            pod.spreadOver(
                    props.running().zoned()
                            ? List.of("topology.kubernetes.io/zone", "kubernetes.io/hostname")
                            : List.of("kubernetes.io/hostname"));
        }
        if (settings.workloadIdentity() != null) {
            pod.accountAnnotations(settings.workloadIdentity().annotations())
                    .labels(settings.workloadIdentity().podLabels());
        }
        annotate(pod);
        return pod.build();
    }

    private PodContainer application(ImageReference image) {
        PodContainer.Builder application = PodContainer.named(props.app())
                .image(image)
                .command(container.command())
                .args(container.args())
                .env(container.env())
                .secretEnv(container.secretEnv())
                .envFrom(container.envFrom())
                .resources(container.resources());
        if (container.lifecycle() != null) {
            application.lifecycle(container.lifecycle());
        }
        if (container.securityContext() != null) {
            application.securityContext(container.securityContext());
        }
        props.ports()
                .forEach(port -> application.port(
                        port.name().toString(), port.targetPort().value()));
        for (int i = 0; i < container.writable().size(); i++) {
            application.mount(PodMount.writable(
                    "scratch-%d".formatted(i), container.writable().get(i)));
        }
        PodFiles.mount(props.app(), application, container.files());
        ServicePodParts.mount(application, container.volumeMounts());
        if (container.storage() != null) {
            // A new disk's root holds lost+found, which databases refuse to start beside.
            application.mount(new PodMount(Workload.VOLUME, container.storage().mountPath(), "data", false));
        }
        new ServiceProbes(props.ports(), container.probes()).addTo(application);
        return application.build();
    }

    private boolean ends() {
        return props.running().kind().filter(WorkloadKind::ends).isPresent();
    }

    private void annotate(Pod.Builder pod) {
        props.scrape()
                .ifPresent(scrape -> pod.annotation("prometheus.io/scrape", "true")
                        .annotation("prometheus.io/path", scrape.path())
                        .annotation(
                                "prometheus.io/port",
                                scrape.portOr(props.ports().get(0).targetPort()).toString()));
        Map<String, String> metadata = new TreeMap<>(drain());
        metadata.putAll(props.proxyMetadata());
        if (!metadata.isEmpty() || !props.proxyStats().isEmpty()) {
            pod.annotation(IstioAnnotations.PROXY_CONFIG, proxyConfig(metadata));
        }
        List<String> reasons = Stream.concat(
                        Stream.ofNullable(container.securityContext()),
                        Stream.of(settings.initContainers(), settings.sidecars())
                                .flatMap(extras -> extras.values().stream())
                                .map(ExtraContainer::securityContext)
                                .filter(Objects::nonNull))
                .map(SecurityContext::reason)
                .toList();
        if (!reasons.isEmpty()) {
            pod.annotation(MeshwrightNames.REASON, String.join("; ", reasons));
        }
    }

    /**
     * The sidecar waits for an application that takes its time to end: the proxy leaves five seconds after it is told
     * to, unless it counts connections [istio.io, pilot-agent, environment variables].
     */
    private Map<String, String> drain() {
        Lifecycle lifecycle = container.lifecycle();
        boolean takesTime =
                settings.terminationGracePeriodSeconds() != null || lifecycle != null && lifecycle.preStop() != null;
        if (!takesTime || !props.party().inMesh()) {
            return Map.of();
        }
        int sleep = lifecycle == null ? 0 : lifecycle.sleepSeconds();
        return Map.of(EXIT_WHEN_IDLE, "true", STAY_AT_LEAST, "%ds".formatted(sleep + DRAIN_SECONDS));
    }

    /** JSON is YAML, and needs no quoting rules of our own. */
    private String proxyConfig(Map<String, String> metadata) {
        Map<String, Object> config = new TreeMap<>();
        if (!metadata.isEmpty()) {
            config.put("proxyMetadata", metadata);
        }
        if (!props.proxyStats().isEmpty()) {
            config.put("proxyStatsMatcher", Map.of("inclusionRegexps", props.proxyStats()));
        }
        return Json.compact(config);
    }
}
