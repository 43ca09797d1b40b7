package io.meshwright.construct;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.meshwright.construct.pod.Pod;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.workload.Storage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * Runs pods: a Deployment, a StatefulSet when it has a volume of its own, or a DaemonSet; with a service account of its
 * own and, for more than one replica, a PodDisruptionBudget.
 */
public final class Workload extends Construct {
    private final ApiObject controller;
    private final Props props;
    private final PodFoundation foundation;

    private Workload(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        this.foundation = new PodFoundation(this, props.namespace(), props.pod());
        if (props.ownServiceAccount()) {
            foundation.serviceAccount();
        }
        this.controller = KubernetesObject.of(this, "Resource", controllerOf(props));
        if (props.replicas() > 1 && props.kind() != Kind.DAEMON_SET) {
            foundation.budget(props.name(), props.selector());
        }
    }

    /** The Deployment, StatefulSet or DaemonSet, for what this construct cannot say. */
    public ApiObject controller() {
        return controller;
    }

    /** The pod that it runs. */
    public Pod pod() {
        return props.pod();
    }

    /** Number of pods. */
    public int replicas() {
        return props.replicas();
    }

    private HasMetadata controllerOf(Props props) {
        return switch (props.kind()) {
            case DEPLOYMENT -> deployment();
            case STATEFUL_SET -> statefulSet();
            case DAEMON_SET -> daemonSet();
        };
    }

    private HasMetadata deployment() {
        return new DeploymentBuilder()
                .withMetadata(metadata())
                .withNewSpec()
                .withReplicas(props.autoscaled() ? null : props.replicas())
                .withRevisionHistoryLimit(3)
                .withSelector(selector())
                .withNewStrategy()
                .withType(props.recreate() ? "Recreate" : "RollingUpdate")
                .endStrategy()
                .withTemplate(props.pod().render())
                .endSpec()
                .build();
    }

    // Its one pod is called by the Service and never by a name of its own, so the Service need not be headless
    // (kube-score statefulset-has-servicename).
    private HasMetadata statefulSet() {
        return new StatefulSetBuilder()
                .withMetadata(metadata())
                .withNewSpec()
                .withReplicas(props.replicas())
                .withRevisionHistoryLimit(3)
                .withServiceName(props.service().toString())
                .withSelector(selector())
                .withTemplate(props.pod().render())
                .withVolumeClaimTemplates(claim())
                .endSpec()
                .build();
    }

    private PersistentVolumeClaim claim() {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(Props.VOLUME)
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(props.storage().storageClass())
                .withNewResources()
                .addToRequests("storage", new Quantity(props.storage().size().toString()))
                .endResources()
                .endSpec()
                .build();
    }

    private HasMetadata daemonSet() {
        return new DaemonSetBuilder()
                .withMetadata(metadata())
                .withNewSpec()
                .withRevisionHistoryLimit(3)
                .withSelector(selector())
                .withTemplate(props.pod().render())
                .endSpec()
                .build();
    }

    private LabelSelector selector() {
        return new LabelSelector(null, new TreeMap<>(props.selector()));
    }

    private ObjectMeta metadata() {
        return foundation.metadata(props.name().toString());
    }

    /** What keeps the pods. */
    public enum Kind {
        DEPLOYMENT,
        STATEFUL_SET,
        DAEMON_SET
    }

    /**
     * All a workload needs.
     *
     * @param service governing Service of a StatefulSet; default: the workload's name
     * @param storage volume of a StatefulSet, mounted under the volume name {@value #VOLUME} by the pod's containers
     * @param recreate ends the old pod before the new one starts: for a volume that only one pod can hold
     * @param autoscaled leaves the number of replicas to an autoscaler
     * @param ownServiceAccount whether the service account is made here; false when two workloads share one
     * @param selector labels of the pods that it keeps
     */
    public record Props(
            Name name,
            Name namespace,
            Kind kind,
            int replicas,
            Pod pod,
            Name service,
            Storage storage,
            boolean recreate,
            boolean autoscaled,
            boolean ownServiceAccount,
            Map<String, String> selector) {
        /** Name of the volume that a StatefulSet's pods mount. */
        public static final String VOLUME = "data";

        public Props {
            Require.present("name", name);
            Require.present("namespace", namespace);
            Require.present("pod", pod);
            kind = kind == null ? Kind.DEPLOYMENT : kind;
            service = service == null ? name : service;
            selector = selector == null ? pod.selector() : new LinkedHashMap<>(selector);
            Require.that(
                    (kind == Kind.STATEFUL_SET) == (storage != null),
                    "storage",
                    "belongs to a StatefulSet and to nothing else",
                    "give both, or neither");
        }
    }

    /** Collects what a workload is made of. */
    public static final class Builder {
        private final Construct scope;
        private final String id;
        private Name name;
        private Name namespace;
        private Kind kind;
        private int replicas = 1;
        private Pod pod;
        private Name service;
        private Storage storage;
        private boolean recreate;
        private boolean autoscaled;
        private boolean ownServiceAccount = true;
        private Map<String, String> selector;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public Builder name(Name name) {
            this.name = name;
            return this;
        }

        public Builder namespace(Name namespace) {
            this.namespace = namespace;
            return this;
        }

        public Builder pod(Pod pod) {
            this.pod = pod;
            return this;
        }

        /** Default 1. */
        public Builder replicas(int replicas) {
            this.replicas = replicas;
            return this;
        }

        /** A volume of its own; makes the workload a StatefulSet governed by {@code service}. */
        public Builder storage(Storage storage, Name service) {
            this.storage = storage;
            this.service = service;
            this.kind = Kind.STATEFUL_SET;
            return this;
        }

        /** One pod on every node. */
        public Builder onEveryNode() {
            this.kind = Kind.DAEMON_SET;
            return this;
        }

        /** Ends the old pod before the new one starts. */
        public Builder recreate() {
            this.recreate = true;
            return this;
        }

        /** Leaves the number of replicas to an autoscaler. */
        public Builder autoscaled() {
            this.autoscaled = true;
            return this;
        }

        /** Uses a service account that another workload makes. */
        public Builder sharesServiceAccount() {
            this.ownServiceAccount = false;
            return this;
        }

        /** Labels of the pods that it keeps; default: the app label. */
        public Builder selector(Map<String, String> selector) {
            this.selector = selector;
            return this;
        }

        public Workload build() {
            return new Workload(
                    scope,
                    id,
                    new Props(
                            name,
                            namespace,
                            kind,
                            replicas,
                            pod,
                            service,
                            storage,
                            recreate,
                            autoscaled,
                            ownServiceAccount,
                            selector));
        }
    }
}
