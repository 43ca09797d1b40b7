package io.meshwright.construct.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.meshwright.value.ImageReference;
import io.meshwright.value.Require;
import io.meshwright.value.SecretRef;
import io.meshwright.value.workload.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One container of a pod: no privileges, a read-only root, requests and limits. */
public final class PodContainer {
    private final Builder settings;

    private PodContainer(Builder settings) {
        this.settings = settings;
    }

    /** Begins a container; image and resources are required. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** Name of the container. */
    public String name() {
        return settings.name;
    }

    // The pull policy stays IfNotPresent: a tag that moves is refused, and a registry that is down must not keep a pod
    // from starting again (kube-score container-image-pull-policy, checkov CKV_K8S_15). By digest where the file gives
    // one: the documents know none, and a made-up one would never be pulled (checkov CKV_K8S_43).
    Container render() {
        return new ContainerBuilder()
                .withName(settings.name)
                .withImage(settings.image.toString())
                .withCommand(settings.command)
                .withArgs(settings.args)
                .withEnv(environment())
                .withPorts(ports())
                .withResources(resources())
                .withReadinessProbe(settings.ready == null ? null : settings.ready.render())
                .withLivenessProbe(settings.live == null ? null : settings.live.render())
                .withStartupProbe(settings.startup == null ? null : settings.startup.render())
                .withVolumeMounts(settings.mounts.stream().map(PodMount::render).toList())
                .withSecurityContext(security())
                .build();
    }

    // Spring Boot, Keycloak and MySQL read their secrets from variables; the Secret itself is readable by nobody else
    // (checkov CKV_K8S_35).
    private List<EnvVar> environment() {
        var variables = new ArrayList<EnvVar>();
        settings.fields.forEach((name, path) -> variables.add(new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewFieldRef()
                .withFieldPath(path)
                .endFieldRef()
                .endValueFrom()
                .build()));
        settings.env.forEach((name, value) -> variables.add(
                new EnvVarBuilder().withName(name).withValue(value).build()));
        settings.secretEnv.forEach((name, secret) -> variables.add(new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewSecretKeyRef(secret.key().orElseThrow(), secret.name(), null)
                .endValueFrom()
                .build()));
        return variables;
    }

    private List<ContainerPort> ports() {
        var ports = new ArrayList<ContainerPort>();
        settings.ports.forEach((name, number) -> ports.add(new ContainerPortBuilder()
                .withName(name)
                .withContainerPort(number)
                .build()));
        return ports;
    }

    // No CPU limit unless the file says one: it would slow a pod down while its node idles, and requests share the time
    // out (kube-score container-resources, checkov CKV_K8S_11). No bound on ephemeral storage: the root is read-only,
    // each
    // scratch volume has its size, and logs rotate (kube-score container-ephemeral-storage-request-and-limit).
    private ResourceRequirements resources() {
        return new ResourceRequirementsBuilder()
                .withRequests(amounts(settings.resources.requests()))
                .withLimits(amounts(settings.resources.limits()))
                .build();
    }

    private static Map<String, Quantity> amounts(Resources.Amounts amounts) {
        var quantities = new LinkedHashMap<String, Quantity>();
        if (amounts.cpu() != null) {
            quantities.put("cpu", new Quantity(amounts.cpu().toString()));
        }
        quantities.put("memory", new Quantity(amounts.memory().toString()));
        return quantities;
    }

    // The user is the image's own, to whom its files belong, such as nginx's 101: a higher one could not read them
    // (kube-score container-security-context-user-group-id, checkov CKV_K8S_40).
    private SecurityContext security() {
        var security = new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities();
        return settings.user == null
                ? security.build()
                : security.withRunAsUser(settings.user)
                        .withRunAsNonRoot(settings.user != 0)
                        .build();
    }

    /** Collects the parts of a container. */
    public static final class Builder {
        private final String name;
        private ImageReference image;
        private List<String> command = List.of();
        private List<String> args = List.of();
        private final Map<String, String> env = new LinkedHashMap<>();
        private final Map<String, String> fields = new LinkedHashMap<>();
        private final Map<String, SecretRef> secretEnv = new LinkedHashMap<>();
        private final Map<String, Integer> ports = new LinkedHashMap<>();
        private final List<PodMount> mounts = new ArrayList<>();
        private Resources resources;
        private PodProbe ready;
        private PodProbe live;
        private PodProbe startup;
        private Long user;

        private Builder(String name) {
            this.name = name;
        }

        public Builder image(ImageReference image) {
            this.image = image;
            return this;
        }

        public Builder command(List<String> command) {
            this.command = List.copyOf(command);
            return this;
        }

        public Builder args(List<String> args) {
            this.args = List.copyOf(args);
            return this;
        }

        public Builder env(Map<String, String> env) {
            this.env.putAll(env);
            return this;
        }

        /** A variable from a field of the pod, such as {@code status.podIP}. */
        public Builder envFromField(String variable, String fieldPath) {
            fields.put(variable, fieldPath);
            return this;
        }

        /** Variables from keys of Secrets. */
        public Builder secretEnv(Map<String, SecretRef> secretEnv) {
            this.secretEnv.putAll(secretEnv);
            return this;
        }

        public Builder port(String portName, int number) {
            ports.put(portName, number);
            return this;
        }

        public Builder mount(PodMount mount) {
            mounts.add(mount);
            return this;
        }

        public Builder resources(Resources resources) {
            this.resources = resources;
            return this;
        }

        /**
         * Readiness and liveness by the same question, of programs that answer one only: a startup probe holds both
         * back, and whoever fails it afterwards is restarted (kube-score pod-probes-identical).
         */
        public Builder probe(PodProbe probe) {
            return ready(probe).live(probe);
        }

        public Builder ready(PodProbe probe) {
            this.ready = probe;
            return this;
        }

        public Builder live(PodProbe probe) {
            this.live = probe;
            return this;
        }

        public Builder startup(PodProbe probe) {
            this.startup = probe;
            return this;
        }

        /** Numeric user when it differs from the pod's; 0 only in a namespace labelled privileged. */
        public Builder user(long user) {
            this.user = user;
            return this;
        }

        public PodContainer build() {
            Require.present("image", image);
            Require.present("resources", resources);
            return new PodContainer(this);
        }
    }
}
