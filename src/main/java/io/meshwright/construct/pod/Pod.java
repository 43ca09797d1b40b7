package io.meshwright.construct.pod;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodDNSConfig;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.meshwright.builders.Buildable;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Required;
import io.meshwright.value.istio.IstioLabels;
import io.meshwright.value.pod.DnsConfig;
import io.meshwright.value.pod.HostAlias;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.workload.Affinity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A pod template that satisfies the restricted Pod Security Standard unless it says why not. */
public final class Pod {
    private final Props settings;

    private Pod(Props settings) {
        this.settings = settings;
    }

    /** Begins a pod whose {@code app} label is {@code app}. */
    public static Builder of(String app) {
        return new Builder().app(app);
    }

    /** Labels that select all versions of this pod. */
    public Map<String, String> selector() {
        var selector = new LinkedHashMap<String, String>();
        selector.put("app", settings.app());
        return selector;
    }

    /** All labels, {@code app} and {@code version} among them. */
    public Map<String, String> labels() {
        return settings.metadata().labels();
    }

    /** Name of its service account. */
    public String serviceAccount() {
        return settings.serviceAccount();
    }

    /** Annotations of that service account. */
    public Map<String, String> accountAnnotations() {
        return settings.rights().accountAnnotations();
    }

    /** The template as fabric8's model, with selectors by {@code app} and {@code version}. */
    public PodTemplateSpec render() {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(new TreeMap<>(settings.metadata().labels()))
                .withAnnotations(
                        settings.metadata().annotations().isEmpty()
                                ? null
                                : new TreeMap<>(settings.metadata().annotations()))
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName(settings.serviceAccount())
                .withAutomountServiceAccountToken(settings.rights().token())
                // Kubernetes would add a variable for every Service of the namespace; nothing reads them.
                .withEnableServiceLinks(false)
                .withHostNetwork(
                        settings.running().placement() == Placement.EVERY_NODE_AS_PART_OF_IT ? Boolean.TRUE : null)
                .withHostPID(settings.running().placement() == Placement.EVERY_NODE_AS_PART_OF_IT ? Boolean.TRUE : null)
                .withPriorityClassName(settings.running().priorityClass().orElse(null))
                .withRuntimeClassName(settings.scheduling().runtimeClass().orElse(null))
                .withNodeSelector(
                        settings.scheduling().nodeSelector().isEmpty()
                                ? null
                                : new TreeMap<>(settings.scheduling().nodeSelector()))
                .withAffinity(settings.scheduling()
                        .affinity()
                        .map(affinity -> KubernetesModel.of(affinity, io.fabric8.kubernetes.api.model.Affinity.class))
                        .orElse(null))
                .withImagePullSecrets(settings.contents().imagePullSecrets().stream()
                        .map(secret -> new LocalObjectReference(secret.toString()))
                        .toList())
                .withHostAliases(settings.contents().hostAliases().stream()
                        .map(alias -> KubernetesModel.of(alias, io.fabric8.kubernetes.api.model.HostAlias.class))
                        .toList())
                .withDnsConfig(settings.contents()
                        .dnsConfig()
                        .map(dns -> KubernetesModel.of(dns, PodDNSConfig.class))
                        .orElse(null))
                .withSchedulerName(settings.scheduling().schedulerName().orElse(null))
                .withTerminationGracePeriodSeconds(
                        settings.running().graceSeconds().orElse(null))
                .withSecurityContext(security())
                .withTolerations(settings.running().placement() == Placement.SCHEDULED ? tolerations() : everywhere())
                .withTopologySpreadConstraints(spread())
                .withInitContainers(settings.contents().initContainers().stream()
                        .map(PodContainer::render)
                        .toList())
                .withContainers(settings.contents().containers().stream()
                        .map(PodContainer::render)
                        .toList())
                .withVolumes(settings.contents().volumes().stream()
                        .map(PodVolume::render)
                        .toList())
                .withRestartPolicy(settings.running().endsForGood() ? "Never" : null)
                .endSpec()
                .build();
    }

    private PodSecurityContext security() {
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(settings.rights().user() != 0)
                .withRunAsUser(settings.rights().user())
                .withRunAsGroup(settings.rights().user())
                .withFsGroup(
                        settings.rights().user() == 0 ? null : settings.rights().user())
                // With the default a large volume is walked file by file at every start.
                .withFsGroupChangePolicy(settings.rights().user() == 0 ? null : "OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    private List<Toleration> tolerations() {
        return settings.scheduling().tolerations().stream()
                .map(toleration -> KubernetesModel.of(toleration, Toleration.class))
                .toList();
    }

    private static List<Toleration> everywhere() {
        return List.of(new TolerationBuilder().withOperator("Exists").build());
    }

    private List<TopologySpreadConstraint> spread() {
        var constraints = new ArrayList<TopologySpreadConstraint>();
        LabelSelector own = new LabelSelector(null, new TreeMap<>(selector()));
        for (Affinity.Spread spread : settings.scheduling().spread()) {
            TopologySpreadConstraint constraint = KubernetesModel.of(spread, TopologySpreadConstraint.class);
            constraint.setLabelSelector(own);
            constraints.add(constraint);
        }
        for (String key : settings.running().spreadOver()) {
            constraints.add(new TopologySpreadConstraintBuilder()
                    .withMaxSkew(1)
                    .withTopologyKey(key)
                    .withWhenUnsatisfiable("ScheduleAnyway")
                    .withLabelSelector(own)
                    .build());
        }
        return constraints;
    }

    /** Choice of the nodes on which its pods run. */
    public enum Placement {
        /** On nodes that the scheduler chooses. */
        SCHEDULED,
        /** On every node, whatever its taints. */
        EVERY_NODE,
        /** On every node, with the node's own network and processes. */
        EVERY_NODE_AS_PART_OF_IT
    }

    /** All that a pod is made of; {@code app} is its {@code app} label. */
    @Buildable
    record Props(
            @Required String app,
            Metadata metadata,
            Contents contents,
            Rights rights,
            Running running,
            Scheduling scheduling) {
        Props {
            Map<String, String> labels = new LinkedHashMap<>();
            labels.put("app", app);
            labels.putAll(metadata.labels());
            metadata = new Metadata(Collections.unmodifiableMap(labels), metadata.annotations());
        }

        String serviceAccount() {
            return rights.serviceAccount().orElse(app);
        }
    }

    /**
     * Its labels and annotations.
     *
     * @param labels besides {@code app}
     * @param annotations for those who watch pods
     */
    record Metadata(Map<String, String> labels, Map<String, String> annotations) {}

    /**
     * Its programs and files.
     *
     * @param containers that run side by side
     * @param initContainers that end before those start
     * @param volumes that they mount
     * @param imagePullSecrets by which their images are pulled
     * @param hostAliases lines of their hosts file
     * @param dnsConfig how they ask DNS
     */
    record Contents(
            @Required List<PodContainer> containers,
            List<PodContainer> initContainers,
            List<PodVolume> volumes,
            List<ObjectName> imagePullSecrets,
            List<HostAlias> hostAliases,
            Optional<DnsConfig> dnsConfig) {}

    /**
     * As whom it runs.
     *
     * @param serviceAccount name of the service account; default: the app's name
     * @param token whether the service account's token is mounted: only for what talks to the API server (checkov
     *     CKV_K8S_38)
     * @param user numeric user and group of all containers, and owner of the volumes; default 10001
     * @param accountAnnotations of the service account, by which a cloud knows it
     */
    record Rights(
            Optional<String> serviceAccount,
            boolean token,
            @Defaulted Long user,
            Map<String, String> accountAnnotations) {
        Rights {
            user = user == null ? 10001 : user;
        }
    }

    /**
     * Nodes on which it runs, and how long it may take to end.
     *
     * @param placement where its pods run; default: where the scheduler puts them
     * @param spreadOver topology keys over which the replicas are spread, softly, so that a small cluster still
     *     schedules them
     * @param priorityClass name of its priority class
     * @param graceSeconds seconds between SIGTERM and SIGKILL; absent: Kubernetes' 30
     * @param endsForGood whether its containers are never started again: the pods of Jobs
     */
    record Running(
            @Defaulted Placement placement,
            List<String> spreadOver,
            Optional<String> priorityClass,
            Optional<Long> graceSeconds,
            boolean endsForGood) {
        Running {
            placement = placement == null ? Placement.SCHEDULED : placement;
        }
    }

    /**
     * The nodes it may run on, among which the scheduler chooses.
     *
     * @param nodeSelector labels of these nodes
     * @param tolerations taints of these nodes
     * @param affinity nodes and neighbours that it wants or avoids
     * @param runtimeClass name of the runtime class
     * @param spread how evenly it is spread, besides {@code spreadOver}
     * @param schedulerName of who finds its node; absent: Kubernetes' own
     */
    record Scheduling(
            Map<String, String> nodeSelector,
            List<io.meshwright.value.workload.Toleration> tolerations,
            Optional<Affinity> affinity,
            Optional<String> runtimeClass,
            List<Affinity.Spread> spread,
            Optional<String> schedulerName) {}

    /** Collects what a pod is made of. */
    public static final class Builder extends PodSetters<Builder> {
        private Builder() {}

        /** The {@code version} label, by which subsets and dashboards tell versions apart. */
        public Builder version(String version) {
            return label("version", version);
        }

        /** One label. */
        public Builder label(String key, String value) {
            return labels(Map.of(key, value));
        }

        /** One annotation. */
        public Builder annotation(String key, String value) {
            return annotations(Map.of(key, value));
        }

        /** True if the sidecar is injected, whatever the pod's namespace says. */
        public Builder inject(boolean inject) {
            return label(IstioLabels.INJECT, Boolean.toString(inject));
        }

        /** One container. */
        public Builder container(PodContainer container) {
            return containers(List.of(container));
        }

        /** One container that ends before the others start. */
        public Builder initContainer(PodContainer container) {
            return initContainers(List.of(container));
        }

        /** One volume. */
        public Builder volume(PodVolume volume) {
            return volumes(List.of(volume));
        }

        public Pod build() {
            return new Pod(props());
        }
    }
}
