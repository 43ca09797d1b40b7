package io.meshwright.construct.traffic;

import io.meshwright.builders.Buildable;
import io.meshwright.construct.delivery.sync.IgnoredDifference;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Url;
import io.meshwright.value.traffic.Autoscale;
import io.meshwright.value.traffic.Hpa;
import io.meshwright.value.traffic.Keda;
import java.util.List;
import java.util.Optional;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/** Changes the number of a workload's pods: a HorizontalPodAutoscaler or a ScaledObject, one and never both. */
public final class Autoscaling extends Construct {
    private final ApiObject resource;
    private final Props props;

    private Autoscaling(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        this.resource = props.autoscale() instanceof Hpa hpa
                ? CpuAutoscaler.of(this, props.target(), hpa)
                : RequestAutoscaler.of(this, props, (Keda) props.autoscale());
    }

    /** The HorizontalPodAutoscaler or ScaledObject, for what this construct cannot say. */
    public ApiObject resource() {
        return resource;
    }

    /**
     * The field with its least number of pods, for Argo CD where something else moves it: Git says how it begins, and a
     * sync of other fields takes it back there.
     */
    public IgnoredDifference minimum() {
        boolean isHpa = props.autoscale() instanceof Hpa;
        return new IgnoredDifference(
                isHpa ? "autoscaling" : "keda.sh",
                isHpa ? "HorizontalPodAutoscaler" : "ScaledObject",
                props.target().name().toString(),
                Optional.of(props.target().namespace().toString()),
                List.of(isHpa ? ".spec.minReplicas" : ".spec.minReplicaCount"));
    }

    /**
     * All that it needs.
     *
     * @param target the workload whose pods it adds and removes
     * @param autoscale by what and between which numbers
     * @param share how much of the service's requests the workload gets, for who looks ahead; default: all requests of
     *     the service of its name
     * @param prometheus where the mesh's metrics are, with the path below which Prometheus serves; needed by
     *     {@code Keda}
     */
    @Buildable
    record Props(
            @Required ScaleTarget target,
            @Required Autoscale autoscale,
            @Defaulted LoadShare share,
            Optional<Url> prometheus) {
        Props {
            share = share == null ? LoadShare.whole(target.name()) : share;
            Require.that(
                    autoscale instanceof Hpa || prometheus.isPresent(),
                    "prometheus",
                    "is missing",
                    "say where the mesh's metrics are");
        }
    }

    /** Collects what it is made of. */
    public static final class Builder extends AutoscalingSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public Autoscaling build() {
            return ConstructMaker.make(scope, id, () -> new Autoscaling(scope, id, props()));
        }
    }
}
