package io.meshwright.construct.observability;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.meshwright.construct.Controller;
import io.meshwright.construct.ServiceEndpoint;
import io.meshwright.construct.Workload;
import io.meshwright.construct.delivery.sync.Protection;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.construct.observability.metrics.ScrapeAnnotations;
import io.meshwright.construct.observability.settings.ClaimTerms;
import io.meshwright.construct.observability.settings.Component;
import io.meshwright.construct.observability.settings.ToolAddress;
import io.meshwright.construct.pod.Pod;
import io.meshwright.construct.pod.PodContainer;
import io.meshwright.construct.pod.PodMount;
import io.meshwright.construct.pod.PodProbe;
import io.meshwright.construct.pod.PodVolume;
import io.meshwright.construct.pod.Scale;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.Name;
import io.meshwright.value.istio.IstioLabels;
import io.meshwright.value.workload.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.constructs.Construct;

/**
 * One program of the stack with what it needs in the cluster: configuration that rolls its pod when it changes, a
 * volume that the next pod can mount, a Service, probes and a scrape.
 */
final class Program extends Construct {
    private final Plan plan;
    private final Component component;
    private final Name namespace;
    private final Pod.Builder pod;
    private final PodContainer.Builder container;
    private final List<ServicePort> ports = new ArrayList<>();
    private final Checksum checksum = new Checksum();
    private boolean hasFiles;
    private boolean keepsData;

    Program(Construct scope, Plan plan, Component component) {
        super(scope, component.app());
        this.plan = plan;
        this.component = component;
        this.namespace = plan.namespace(component);
        this.pod = Pod.of(component.app())
                .version(plan.version(component))
                .user(component.user())
                .inject(plan.inMesh(component));
        this.container =
                PodContainer.named(component.app()).image(plan.image(component)).resources(plan.resources(component));
        if (plan.inMesh(component)) {
            plan.props().revision().ifPresent(revision -> pod.label(IstioLabels.REVISION, revision.toString()));
        }
    }

    /** Files at a path, from a ConfigMap; a change of them makes a new pod. */
    Program files(String name, String path, Map<String, String> files) {
        KubernetesObject.of(
                this,
                name,
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace.toString())
                        .withLabels(labels())
                        .endMetadata()
                        .withData(new TreeMap<>(files))
                        .build());
        checksum.add(files);
        hasFiles = true;
        return volume(PodVolume.config(name, name), PodMount.readOnly(name, path));
    }

    /** One file at its path. */
    Program file(String name, String path, String text) {
        int slash = path.lastIndexOf('/');
        return files(name, path.substring(0, slash), Map.of(path.substring(slash + 1), text));
    }

    /**
     * A volume that outlives the pod; the old pod ends before the new one starts, since only one can mount it (incident
     * I5).
     */
    Program data(String path, io.meshwright.value.Quantity size) {
        claim(this, component.app(), size);
        keepsData = true;
        return volume(PodVolume.claim(Workload.VOLUME, component.app()), PodMount.writable(Workload.VOLUME, path));
    }

    /** A claim that Argo CD deletes only when a person confirms it. */
    private void claim(Construct scope, String name, io.meshwright.value.Quantity size) {
        ClaimTerms terms = plan.settings().volumes().termsOf(component);
        Map<String, String> annotations = new TreeMap<>(Protection.annotations());
        annotations.putAll(terms.notes());
        KubernetesObject.of(
                scope,
                "claim-%s".formatted(name),
                new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace.toString())
                        .withLabels(labels())
                        .withAnnotations(annotations)
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withStorageClassName(terms.storageClass())
                        .withNewResources()
                        .addToRequests("storage", new Quantity(size.toString()))
                        .endResources()
                        .endSpec()
                        .build());
    }

    Program scratch(String path, String size) {
        return volume(PodVolume.scratch("scratch", size), PodMount.writable("scratch", path));
    }

    Program volume(PodVolume volume, PodMount mount) {
        pod.volume(volume);
        container.mount(mount);
        return this;
    }

    /** Ports of the container; those of the Service too, unless {@code inside}. */
    Program port(ServicePort port) {
        container.port(port.name().toString(), port.targetPort().value());
        ports.add(port);
        return this;
    }

    /** A port that only the kubelet and Prometheus ask. */
    Program inside(String name, int number) {
        container.port(name, number);
        return this;
    }

    /** Readiness and liveness by name of the port, and how many seconds a start may take. */
    Program probes(String readyPath, String livePath, String port, int startup) {
        container
                .ready(PodProbe.http(readyPath, port))
                .live(PodProbe.http(livePath, port))
                .startup(PodProbe.http(readyPath, port).during(startup));
        return this;
    }

    Program scraped(ToolAddress.Path metrics) {
        ScrapeAnnotations.of(metrics.port(), metrics.path()).forEach(pod::annotation);
        return this;
    }

    Program container(Consumer<PodContainer.Builder> change) {
        change.accept(container);
        return this;
    }

    Program pod(Consumer<Pod.Builder> change) {
        change.accept(pod);
        return this;
    }

    /** The Deployment, or the DaemonSet of a node agent, and the Service where there are ports for one. */
    Workload run(int replicas) {
        if (!ports.isEmpty()) {
            ServiceEndpoint.of(
                    this, "service", Name.of(component.app()), namespace, Map.of("app", component.app()), ports);
        }
        if (hasFiles) {
            pod.annotation(MeshwrightNames.CONFIG_CHECKSUM, checksum.value());
        }
        pod.container(container.build());
        return Workload.Builder.create(this, "workload")
                .name(Name.of(component.app()))
                .namespace(namespace)
                .pod(pod.build())
                .controller(controller(replicas))
                .build();
    }

    private Controller controller(int replicas) {
        if (component.isNodeAgent()) {
            return Controller.onEveryNode();
        }
        return keepsData ? Controller.onePodAtATime() : Controller.deployment(Scale.fixed(replicas));
    }

    private Map<String, String> labels() {
        return new TreeMap<>(Map.of("app", component.app()));
    }
}
