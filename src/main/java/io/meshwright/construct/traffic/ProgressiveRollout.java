package io.meshwright.construct.traffic;

import io.meshwright.construct.KubernetesObject;
import io.meshwright.construct.PodFoundation;
import io.meshwright.construct.delivery.IgnoredDifference;
import io.meshwright.construct.pod.Pod;
import io.meshwright.value.ArgoNames;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Url;
import io.meshwright.value.traffic.Canary;
import java.util.List;
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
                props.canary().analysis(),
                props.prometheus());
        this.resource = KubernetesObject.of(this, "Resource", new RolloutObject(props, analysis.name()).render());
        PodFoundation foundation = new PodFoundation(this, props.namespace(), props.pod());
        foundation.serviceAccount();
        if (props.replicas() > 1) {
            foundation.budget(props.name(), props.pod().selector());
        }
    }

    /** What an autoscaler scales. */
    public ScaleTarget scaleTarget() {
        return new ScaleTarget(ArgoNames.API_VERSION, "Rollout", props.name(), props.namespace());
    }

    /**
     * What Argo Rollouts writes into objects of Git's: weights of its routes and one label of its subsets, nothing
     * broader.
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
     * @param autoscaled leaves the number of replicas to an autoscaler
     * @param routes whose weights are moved; they stand at stable 100, canary 0
     * @param destinationRule of the service, in the same namespace, with the subsets stable and canary
     * @param prometheus address with the path below which it serves
     */
    public record Props(
            Name name,
            Name namespace,
            Pod pod,
            int replicas,
            boolean autoscaled,
            Canary canary,
            List<ManagedRoutes> routes,
            Name destinationRule,
            Url prometheus) {
        public Props {
            Require.present("name", name);
            Require.present("namespace", namespace);
            Require.present("pod", pod);
            Require.inRange("replicas", replicas, 1, 1000);
            Require.that(
                    Require.present("release", canary).isManaged(),
                    "release.engine",
                    "\"plain\" has nobody who goes through steps",
                    "use engine: rollouts");
            routes = List.copyOf(Require.notEmpty("routes", routes));
            routes.forEach(managed -> Require.notEmpty("routes", managed.routes()));
            Require.present("destinationRule", destinationRule);
            Require.present("prometheus", prometheus);
        }
    }

    /** Collects what the rollout of a service is made of. */
    public static final class Builder {
        private final Construct scope;
        private final String id;
        private Name name;
        private Name namespace;
        private Pod pod;
        private int replicas = 2;
        private boolean autoscaled;
        private Canary canary;
        private List<ManagedRoutes> routes;
        private Name destinationRule;
        private Url prometheus;

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

        /** Default 2. */
        public Builder replicas(int replicas) {
            this.replicas = replicas;
            return this;
        }

        /** Leaves the number of replicas to an autoscaler. */
        public Builder autoscaled() {
            this.autoscaled = true;
            return this;
        }

        /** Steps and analysis. */
        public Builder release(Canary canary) {
            this.canary = canary;
            return this;
        }

        /** The routes whose weights it moves. */
        public Builder routes(List<ManagedRoutes> routes) {
            this.routes = routes;
            return this;
        }

        /** The service's policy, which has the two subsets. */
        public Builder destination(DestinationPolicy destination) {
            this.destinationRule = destination.name();
            return this;
        }

        /** Where the mesh's metrics are, with the path below which Prometheus serves. */
        public Builder prometheus(Url prometheus) {
            this.prometheus = prometheus;
            return this;
        }

        public ProgressiveRollout build() {
            return new ProgressiveRollout(
                    scope,
                    id,
                    new Props(name, namespace, pod, replicas, autoscaled, canary, routes, destinationRule, prometheus));
        }
    }
}
