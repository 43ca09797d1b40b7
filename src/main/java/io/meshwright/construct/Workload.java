package io.meshwright.construct;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.construct.pod.ClaimSpec;
import io.meshwright.construct.pod.Pod;
import io.meshwright.construct.pod.PodFoundation;
import io.meshwright.construct.pod.Scale;
import io.meshwright.construct.traffic.ScaleTarget;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Name;
import io.meshwright.value.Required;
import io.meshwright.value.workload.Claim;
import io.meshwright.value.workload.StatefulSet.PodManagementPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * Runs pods: a Deployment, a StatefulSet when it has a volume of its own, a DaemonSet, a Job or a CronJob; with a
 * service account of its own and, for more than one replica, a PodDisruptionBudget.
 */
public final class Workload extends Construct {
    /** Name of the volume that a StatefulSet's pods mount. */
    public static final String VOLUME = "data";

    private final ApiObject controller;
    private final ScaleTarget scaleTarget;
    private final Props props;
    private final PodFoundation foundation;

    private Workload(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        this.foundation = new PodFoundation(this, props.namespace(), props.pod());
        if (props.ownServiceAccount()) {
            foundation.serviceAccount();
        }
        HasMetadata made = controllerOf(props);
        this.controller = KubernetesObject.of(this, "Resource", made);
        this.scaleTarget = new ScaleTarget(made.getApiVersion(), made.getKind(), props.name(), props.namespace());
        if (props.replicas() > 1) {
            foundation.budget(props.name(), props.selector());
        }
    }

    /** The Deployment, StatefulSet, DaemonSet, Job or CronJob, for what this construct cannot say. */
    public ApiObject controller() {
        return controller;
    }

    /** The same as an autoscaler names it. */
    public ScaleTarget scaleTarget() {
        return scaleTarget;
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
        if (props.controller() instanceof Controller.Deployment deployment) {
            return deployment(deployment);
        }
        if (props.controller() instanceof Controller.Job job) {
            return new WorkloadJob(props.pod(), metadata()).of(job.job());
        }
        if (props.controller() instanceof Controller.CronJob job) {
            return new WorkloadJob(props.pod(), metadata()).of(job.job());
        }
        return props.controller() instanceof Controller.StatefulSet set ? statefulSet(set) : daemonSet();
    }

    private HasMetadata deployment(Controller.Deployment deployment) {
        return new DeploymentBuilder()
                .withMetadata(metadata())
                .withNewSpec()
                .withReplicas(deployment.scale().isAutoscaled() ? null : deployment.pods())
                .withRevisionHistoryLimit(3)
                .withSelector(selector())
                .withNewStrategy()
                .withType(deployment.recreates() ? "Recreate" : "RollingUpdate")
                .endStrategy()
                .withTemplate(props.pod().render())
                .endSpec()
                .build();
    }

    // Its one pod is called by the Service and never by a name of its own, so the Service need not be headless
    // (kube-score statefulset-has-servicename); one whose pods have names has a headless one.
    private HasMetadata statefulSet(Controller.StatefulSet set) {
        return new StatefulSetBuilder()
                .withMetadata(metadata())
                .withNewSpec()
                .withReplicas(props.replicas())
                .withRevisionHistoryLimit(3)
                .withServiceName(set.service().toString())
                .withSelector(selector())
                .withPodManagementPolicy(set.named()
                        .filter(named -> named.podManagementPolicy() == PodManagementPolicy.PARALLEL)
                        .map(named -> "Parallel")
                        .orElse(null))
                .withTemplate(props.pod().render())
                .withVolumeClaimTemplates(claims(set))
                .endSpec()
                .build();
    }

    private static List<PersistentVolumeClaim> claims(Controller.StatefulSet set) {
        List<PersistentVolumeClaim> claims = new ArrayList<>();
        set.storage()
                .ifPresent(storage -> claims.add(claim(VOLUME, new Claim(storage.size(), storage.storageClass()))));
        set.named()
                .ifPresent(named -> named.volumeClaimTemplates()
                        .forEach((name, claim) -> claims.add(claim(name.toString(), claim))));
        return claims;
    }

    private static PersistentVolumeClaim claim(String name, Claim claim) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withSpec(ClaimSpec.of(claim))
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

    /**
     * All a workload needs.
     *
     * @param name of the controller
     * @param namespace where it stands
     * @param pod that it runs
     * @param controller that keeps the pods; default: a Deployment of one
     * @param ownServiceAccount whether the service account is made here; default: it is, unless two workloads share one
     * @param selector labels of the pods that it keeps; default: the app label
     */
    @Buildable
    record Props(
            @Required Name name,
            @Required Name namespace,
            @Required Pod pod,
            @Defaulted Controller controller,
            @Defaulted Boolean ownServiceAccount,
            Map<String, String> selector) {
        Props {
            controller = controller == null ? Controller.deployment(Scale.fixed(1)) : controller;
            ownServiceAccount = ownServiceAccount == null || ownServiceAccount;
            selector = selector.isEmpty() ? pod.selector() : selector;
        }

        int replicas() {
            return controller.pods();
        }
    }

    /** Collects what a workload is made of. */
    public static final class Builder extends WorkloadSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public Workload build() {
            return ConstructMaker.make(scope, id, () -> new Workload(scope, id, props()));
        }
    }
}
