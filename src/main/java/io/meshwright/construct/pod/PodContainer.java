package io.meshwright.construct.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.LifecycleHandlerBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.meshwright.builders.Buildable;
import io.meshwright.value.ImageReference;
import io.meshwright.value.Name;
import io.meshwright.value.Required;
import io.meshwright.value.SecretRef;
import io.meshwright.value.workload.Lifecycle.Handler;
import io.meshwright.value.workload.Resources;
import io.meshwright.value.workload.data.EnvFrom;
import io.meshwright.value.workload.data.EnvVar;
import io.meshwright.value.workload.data.FieldRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One container of a pod: no privileges, a read-only root, requests and limits. */
public final class PodContainer {
    private final Props settings;

    private PodContainer(Props settings) {
        this.settings = settings;
    }

    /** Begins a container; image and resources are required. */
    public static Builder named(String name) {
        return new Builder().name(name);
    }

    /** Name of the container. */
    public String name() {
        return settings.name();
    }

    // The pull policy stays IfNotPresent: a tag that moves is refused, and a registry that is down must not keep a pod
    // from starting again (kube-score container-image-pull-policy, checkov CKV_K8S_15). By digest where the file gives
    // one: the documents know none, and a made-up one would never be pulled (checkov CKV_K8S_43).
    Container render() {
        return new ContainerBuilder()
                .withName(settings.name())
                .withImage(settings.process().image().toString())
                .withCommand(settings.process().command())
                .withArgs(settings.process().args())
                .withEnv(PodVariables.of(settings.variables()))
                .withEnvFrom(settings.variables().envFrom().stream()
                        .map(PodVariables::source)
                        .toList())
                .withPorts(ports())
                .withResources(resources())
                .withReadinessProbe(
                        settings.probes().ready().map(PodProbe::render).orElse(null))
                .withLivenessProbe(
                        settings.probes().live().map(PodProbe::render).orElse(null))
                .withStartupProbe(
                        settings.probes().startup().map(PodProbe::render).orElse(null))
                .withVolumeMounts(
                        settings.mounts().stream().map(PodMount::render).toList())
                .withLifecycle(
                        settings.process().lifecycle().map(this::lifecycle).orElse(null))
                .withSecurityContext(security())
                .withRestartPolicy(settings.process().staysBeside() ? "Always" : null)
                .build();
    }

    private Lifecycle lifecycle(io.meshwright.value.workload.Lifecycle lifecycle) {
        return new LifecycleBuilder()
                .withPostStart(handler(lifecycle.postStart()))
                .withPreStop(handler(lifecycle.preStop()))
                .build();
    }

    private @Nullable LifecycleHandler handler(@Nullable Handler handler) {
        if (handler == null) {
            return null;
        }
        LifecycleHandlerBuilder built = new LifecycleHandlerBuilder();
        if (handler.exec() != null) {
            built.withNewExec().withCommand(handler.exec().command()).endExec();
        } else if (handler.sleep() != null) {
            built.withNewSleep(handler.sleep().seconds().longValue());
        } else if (handler.httpGet() != null) {
            Name port = handler.httpGet().port();
            built.withNewHttpGet()
                    .withPath(handler.httpGet().path())
                    .withPort(new IntOrString(
                            port == null ? settings.ports().keySet().iterator().next() : port.toString()))
                    .endHttpGet();
        }
        return built.build();
    }

    private List<ContainerPort> ports() {
        var ports = new ArrayList<ContainerPort>();
        settings.ports()
                .forEach((name, number) -> ports.add(new ContainerPortBuilder()
                        .withName(name)
                        .withContainerPort(number)
                        .build()));
        return ports;
    }

    // No CPU limit unless the file says one: it would slow a pod down while its node idles, and requests share the time
    // out (kube-score container-resources, checkov CKV_K8S_11). No bound on ephemeral storage unless the file says
    // one: the root is read-only, each scratch volume has its size, and logs rotate (kube-score
    // container-ephemeral-storage-request-and-limit).
    private ResourceRequirements resources() {
        return new ResourceRequirementsBuilder()
                .withRequests(amounts(settings.resources().requests()))
                .withLimits(amounts(settings.resources().limits()))
                .build();
    }

    private static Map<String, Quantity> amounts(Resources.Amounts amounts) {
        var quantities = new LinkedHashMap<String, Quantity>();
        if (amounts.cpu() != null) {
            quantities.put("cpu", new Quantity(amounts.cpu().toString()));
        }
        quantities.put("memory", new Quantity(amounts.memory().toString()));
        if (amounts.ephemeralStorage() != null) {
            quantities.put(
                    "ephemeral-storage", new Quantity(amounts.ephemeralStorage().toString()));
        }
        return quantities;
    }

    // The user is the image's own, to whom its files belong, such as nginx's 101: a higher one could not read them
    // (kube-score container-security-context-user-group-id, checkov CKV_K8S_40).
    private SecurityContext security() {
        var security = new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(settings.process()
                        .securityContext()
                        .map(io.meshwright.value.workload.SecurityContext::readOnlyRootFilesystem)
                        .orElse(true))
                .withNewCapabilities()
                .withDrop("ALL")
                .withAdd(settings.process()
                        .securityContext()
                        .map(beyond -> beyond.capabilities().add())
                        .orElse(List.of()))
                .endCapabilities();
        return settings.process()
                .user()
                .map(user -> security.withRunAsUser(user).withRunAsNonRoot(user != 0))
                .orElse(security)
                .build();
    }

    /**
     * All that a container is made of.
     *
     * @param name of the container
     * @param ports by name
     * @param mounts of the pod's volumes
     * @param resources requests and limits
     */
    @Buildable
    record Props(
            @Required String name,
            Process process,
            Variables variables,
            Map<String, Integer> ports,
            List<PodMount> mounts,
            @Required Resources resources,
            Probes probes) {}

    /**
     * The program.
     *
     * @param image that holds it
     * @param command instead of the image's own
     * @param args instead of the image's own
     * @param user numeric user when it differs from the pod's; 0 only in a namespace labelled privileged
     * @param lifecycle what the kubelet does after its start and before its end
     * @param securityContext what it may do beyond the others
     * @param staysBeside of an init container: whether it runs on beside the others, as a native sidecar from
     *     Kubernetes 1.29 on
     */
    record Process(
            @Required ImageReference image,
            List<String> command,
            List<String> args,
            Optional<Long> user,
            Optional<io.meshwright.value.workload.Lifecycle> lifecycle,
            Optional<io.meshwright.value.workload.SecurityContext> securityContext,
            boolean staysBeside) {}

    /**
     * Its environment variables.
     *
     * @param env with their values, or with what these are read from
     * @param secretEnv from keys of Secrets
     * @param envFrom from all keys of ConfigMaps and Secrets
     */
    record Variables(Map<String, EnvVar> env, Map<String, SecretRef> secretEnv, List<EnvFrom> envFrom) {}

    /**
     * The questions by which the kubelet knows its state.
     *
     * @param ready whether it gets requests
     * @param live whether it is left running
     * @param startup whether it has started; the other two wait for it
     */
    record Probes(Optional<PodProbe> ready, Optional<PodProbe> live, Optional<PodProbe> startup) {}

    /** Collects what a container is made of. */
    public static final class Builder extends PodContainerSetters<Builder> {
        private Builder() {}

        /** A variable from a field of the pod, such as {@code status.podIP}. */
        public Builder envFromField(String variable, String fieldPath) {
            return env(Map.of(variable, EnvVar.of(new FieldRef(fieldPath))));
        }

        /** Variables with their values. */
        public Builder texts(Map<String, String> values) {
            return env(EnvVar.texts(values));
        }

        /** One port. */
        public Builder port(String portName, int number) {
            return ports(Map.of(portName, number));
        }

        /** One mount. */
        public Builder mount(PodMount mount) {
            return mounts(List.of(mount));
        }

        /**
         * Readiness and liveness by the same question, of programs that answer one only: a startup probe holds both
         * back, and whoever fails it afterwards is restarted (kube-score pod-probes-identical).
         */
        public Builder probe(PodProbe probe) {
            return ready(probe).live(probe);
        }

        public PodContainer build() {
            return new PodContainer(props());
        }
    }
}
