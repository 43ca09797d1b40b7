package io.meshwright.construct.traffic;

import io.meshwright.builders.Buildable;
import io.meshwright.construct.delivery.sync.IgnoredDifference;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.construct.pod.Pod;
import io.meshwright.construct.pod.PodFoundation;
import io.meshwright.construct.pod.Scale;
import io.meshwright.value.ArgoNames;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Url;
import io.meshwright.value.traffic.Canary;
import java.util.List;
import java.util.Objects;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * Runs a service's pods under Argo Rollouts: a Rollout that moves the weights of named routes step by step between the
 * subsets stable and canary, and an AnalysisTemplate by which it goes back on its own.
 */
public final class ProgressiveRollout extends Construct {
    private final Props props;
    private final CanaryAnalysis analysis;
    private final ApiObject resource;

    private ProgressiveRollout(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        this.analysis = new CanaryAnalysis(
                this,
                "analysis",
                props.name(),
                props.namespace(),
                Objects.requireNonNull(props.release().analysis(), "a canary that rises by itself is analysed"),
                props.prometheus(),
                props.streams());
        this.resource = KubernetesObject.of(this, "Resource", new RolloutObject(props, analysis.name()).render());
        PodFoundation foundation = new PodFoundation(this, props.namespace(), props.pod());
        foundation.serviceAccount();
        if (props.replicas() > 1) {
            foundation.budget(props.name(), props.pod().selector());
        }
    }

    /** The Rollout as the target of an autoscaler. */
    public ScaleTarget scaleTarget() {
        return new ScaleTarget(ArgoNames.API_VERSION, "Rollout", props.name(), props.namespace());
    }

    /**
     * Fields that Argo Rollouts writes into objects of Git's: weights of its routes and one label of its subsets,
     * nothing broader.
     */
    public List<IgnoredDifference> ignoredDifferences() {
        return ManagedFields.of(props.routes(), props.destinationRule(), props.namespace());
    }

    /** The Rollout, for what this construct cannot say. */
    public ApiObject resource() {
        return resource;
    }

    /** The AnalysisTemplate, for what this construct cannot say. */
    public ApiObject analysisTemplate() {
        return analysis.resource();
    }

    /**
     * All that the rollout of a service needs.
     *
     * @param name of the workload
     * @param namespace where it stands
     * @param pod that it runs
     * @param scale how many pods; default two
     * @param release steps and analysis
     * @param routes whose weights are moved; they stand at stable 100, canary 0
     * @param destinationRule of the service, in the same namespace, with the subsets stable and canary
     * @param prometheus where the mesh's metrics are, with the path below which Prometheus serves
     * @param streams whether some of its requests last by design, so that their duration judges nobody
     */
    @Buildable
    record Props(
            @Required Name name,
            @Required Name namespace,
            @Required Pod pod,
            @Defaulted Scale scale,
            @Required Canary release,
            @Required List<ManagedRoutes> routes,
            @Required Name destinationRule,
            @Required Url prometheus,
            boolean streams) {
        Props {
            scale = scale == null ? Scale.fixed(2) : scale;
            Require.that(
                    release.isManaged(),
                    "release.engine",
                    "\"plain\" has nobody who goes through steps",
                    "use engine: rollouts");
            routes.forEach(managed -> Require.notEmpty("routes", managed.routes()));
        }

        int replicas() {
            return scale.pods();
        }

        boolean autoscaled() {
            return scale.isAutoscaled();
        }
    }

    /** Collects what the rollout of a service is made of. */
    public static final class Builder extends ProgressiveRolloutSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        /** The service's policy, which has the two subsets. */
        public Builder destination(DestinationPolicy destination) {
            return destinationRule(destination.name());
        }

        public ProgressiveRollout build() {
            return ConstructMaker.make(scope, id, () -> new ProgressiveRollout(scope, id, props()));
        }
    }
}
