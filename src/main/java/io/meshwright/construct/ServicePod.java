package io.meshwright.construct;

import io.meshwright.construct.pod.Pod;
import io.meshwright.construct.pod.PodContainer;
import io.meshwright.construct.pod.PodMount;
import io.meshwright.construct.pod.PodProbe;
import io.meshwright.construct.pod.PodVolume;
import io.meshwright.value.ImageReference;
import io.meshwright.value.Name;
import io.meshwright.value.istio.IstioAnnotations;
import io.meshwright.value.workload.Container;
import io.meshwright.value.workload.Probes;
import io.meshwright.value.workload.ServicePort;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The pod of one service: one application container, and what its sidecar and Prometheus read from annotations. */
final class ServicePod {
    private static final String SCRATCH_SIZE = "256Mi";

    private final SecureService.Props props;

    ServicePod(SecureService.Props props) {
        this.props = props;
    }

    /** The pod of one version; {@code image} replaces the container's where the version has its own. */
    Pod of(Name version, @Nullable ImageReference image) {
        Container container = props.container();
        Pod.Builder pod = Pod.of(props.app())
                .version(version.toString())
                .user(container.user())
                .container(application(container, image == null ? container.image() : image));
        for (int i = 0; i < container.writable().size(); i++) {
            pod.volume(PodVolume.scratch("scratch-%d".formatted(i), SCRATCH_SIZE));
        }
        if (!props.party().inMesh()) {
            pod.inject(false);
        }
        if (props.running().scale().pods() > 1) {
            pod.spreadOver(
                    props.running().zoned()
                            ? List.of("topology.kubernetes.io/zone", "kubernetes.io/hostname")
                            : List.of("kubernetes.io/hostname"));
        }
        annotate(pod);
        return pod.build();
    }

    private PodContainer application(Container container, ImageReference image) {
        PodContainer.Builder application = PodContainer.named(props.app())
                .image(image)
                .command(container.command())
                .args(container.args())
                .env(container.env())
                .secretEnv(container.secretEnv())
                .resources(container.resources());
        props.ports()
                .forEach(port -> application.port(
                        port.name().toString(), port.targetPort().value()));
        for (int i = 0; i < container.writable().size(); i++) {
            application.mount(PodMount.writable(
                    "scratch-%d".formatted(i), container.writable().get(i)));
        }
        if (container.storage() != null) {
            // A new disk's root holds lost+found, which databases refuse to start beside.
            application.mount(new PodMount(Workload.VOLUME, container.storage().mountPath(), "data", false));
        }
        return probed(application, container.probes()).build();
    }

    private PodContainer.Builder probed(PodContainer.Builder application, Probes probes) {
        List<ServicePort> ports = props.ports();
        String port = probes.port() == null
                ? ports.get(0).name().toString()
                : probes.port().toString();
        PodProbe ready = probes.ready() == null ? PodProbe.tcp(port) : PodProbe.http(probes.ready(), port);
        PodProbe live = probes.live() == null ? PodProbe.tcp(port) : PodProbe.http(probes.live(), port);
        return application
                .ready(ready)
                .live(live)
                .startup(live.during(probes.startup().seconds()));
    }

    private void annotate(Pod.Builder pod) {
        props.scrape()
                .ifPresent(scrape -> pod.annotation("prometheus.io/scrape", "true")
                        .annotation("prometheus.io/path", scrape.path())
                        .annotation(
                                "prometheus.io/port",
                                scrape.portOr(props.ports().get(0).targetPort()).toString()));
        if (!props.proxyMetadata().isEmpty()) {
            pod.annotation(IstioAnnotations.PROXY_CONFIG, proxyConfig(props.proxyMetadata()));
        }
    }

    /** JSON is YAML, and needs no quoting rules of our own. */
    private static String proxyConfig(Map<String, String> metadata) {
        return Json.compact(Map.of("proxyMetadata", new TreeMap<>(metadata)));
    }
}
