package io.meshwright.construct.pod;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.meshwright.value.Require;
import io.meshwright.value.istio.IstioLabels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A pod template that satisfies the restricted Pod Security Standard unless it says why not. */
public final class Pod {
    private final Builder settings;

    private Pod(Builder settings) {
        this.settings = settings;
    }

    /** Begins a pod whose {@code app} label is {@code app}. */
    public static Builder of(String app) {
        return new Builder(app);
    }

    /** The labels that select all versions of this pod. */
    public Map<String, String> selector() {
        var selector = new LinkedHashMap<String, String>();
        selector.put("app", settings.app);
        return selector;
    }

    /** All labels, {@code app} and {@code version} among them. */
    public Map<String, String> labels() {
        return Collections.unmodifiableMap(settings.labels);
    }

    /** Name of its service account. */
    public String serviceAccount() {
        return settings.serviceAccount;
    }

    /** The template as fabric8's model, with selectors by {@code app} and {@code version}. */
    public PodTemplateSpec render() {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(new TreeMap<>(settings.labels))
                .withAnnotations(settings.annotations.isEmpty() ? null : new TreeMap<>(settings.annotations))
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName(settings.serviceAccount)
                .withAutomountServiceAccountToken(settings.token)
                // Kubernetes would add a variable for every Service of the namespace; nothing reads them.
                .withEnableServiceLinks(false)
                .withHostNetwork(settings.nodeAgent && settings.hostNetwork ? Boolean.TRUE : null)
                .withHostPID(settings.nodeAgent && settings.hostNetwork ? Boolean.TRUE : null)
                .withPriorityClassName(settings.priorityClass)
                .withTerminationGracePeriodSeconds(settings.graceSeconds)
                .withSecurityContext(security())
                .withTolerations(settings.nodeAgent ? everywhere() : List.of())
                .withTopologySpreadConstraints(spread())
                .withInitContainers(settings.initContainers.stream()
                        .map(PodContainer::render)
                        .toList())
                .withContainers(
                        settings.containers.stream().map(PodContainer::render).toList())
                .withVolumes(settings.volumes.stream().map(PodVolume::render).toList())
                .withRestartPolicy(settings.restartPolicy)
                .endSpec()
                .build();
    }

    private PodSecurityContext security() {
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(settings.user != 0)
                .withRunAsUser(settings.user)
                .withRunAsGroup(settings.user)
                .withFsGroup(settings.user == 0 ? null : settings.user)
                // With the default a large volume is walked file by file at every start.
                .withFsGroupChangePolicy(settings.user == 0 ? null : "OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    private static List<Toleration> everywhere() {
        return List.of(new TolerationBuilder().withOperator("Exists").build());
    }

    private List<TopologySpreadConstraint> spread() {
        var constraints = new ArrayList<TopologySpreadConstraint>();
        for (String key : settings.spreadOver) {
            constraints.add(new TopologySpreadConstraintBuilder()
                    .withMaxSkew(1)
                    .withTopologyKey(key)
                    .withWhenUnsatisfiable("ScheduleAnyway")
                    .withLabelSelector(new LabelSelector(null, new TreeMap<>(selector())))
                    .build());
        }
        return constraints;
    }

    /** Collects the parts of a pod. */
    public static final class Builder {
        private final String app;
        private final Map<String, String> labels = new LinkedHashMap<>();
        private final Map<String, String> annotations = new LinkedHashMap<>();
        private final List<PodContainer> containers = new ArrayList<>();
        private final List<PodContainer> initContainers = new ArrayList<>();
        private final List<PodVolume> volumes = new ArrayList<>();
        private final List<String> spreadOver = new ArrayList<>();
        private String serviceAccount;
        private boolean token;
        private long user = 10001;
        private Long graceSeconds;
        private String priorityClass;
        private String restartPolicy;
        private boolean nodeAgent;
        private boolean hostNetwork;

        private Builder(String app) {
            this.app = app;
            this.serviceAccount = app;
            labels.put("app", app);
        }

        /** The {@code version} label, by which subsets and dashboards tell versions apart. */
        public Builder version(String version) {
            labels.put("version", version);
            return this;
        }

        public Builder label(String key, String value) {
            labels.put(key, value);
            return this;
        }

        public Builder annotation(String key, String value) {
            annotations.put(key, value);
            return this;
        }

        /** Whether the sidecar is injected, whatever the pod's namespace says. */
        public Builder inject(boolean inject) {
            return label(IstioLabels.INJECT, Boolean.toString(inject));
        }

        public Builder container(PodContainer container) {
            containers.add(container);
            return this;
        }

        public Builder initContainer(PodContainer container) {
            initContainers.add(container);
            return this;
        }

        public Builder volume(PodVolume volume) {
            volumes.add(volume);
            return this;
        }

        /** Name of the service account; default: the app's name. */
        public Builder serviceAccount(String name) {
            this.serviceAccount = name;
            return this;
        }

        /** Mounts the service account's token: only for what talks to the API server (checkov CKV_K8S_38). */
        public Builder withToken() {
            this.token = true;
            return this;
        }

        /** Numeric user and group of all containers, and owner of the volumes; default 10001. */
        public Builder user(long user) {
            this.user = user;
            return this;
        }

        /** Seconds between SIGTERM and SIGKILL; default: Kubernetes' 30. */
        public Builder graceSeconds(long seconds) {
            this.graceSeconds = seconds;
            return this;
        }

        public Builder priorityClass(String name) {
            this.priorityClass = name;
            return this;
        }

        /** Spreads the replicas over these topology keys, softly, so that a small cluster still schedules them. */
        public Builder spreadOver(String... topologyKeys) {
            spreadOver.addAll(List.of(topologyKeys));
            return this;
        }

        /** Never: for the pods of Jobs. */
        public Builder restartNever() {
            this.restartPolicy = "Never";
            return this;
        }

        /** Runs on every node whatever its taints; {@code hostNetwork} also shares the node's network and processes. */
        public Builder nodeAgent(boolean hostNetwork) {
            this.nodeAgent = true;
            this.hostNetwork = hostNetwork;
            return this;
        }

        public Pod build() {
            Require.notEmpty("containers", containers);
            return new Pod(this);
        }
    }
}
