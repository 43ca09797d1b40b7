package io.meshwright.construct.traffic;

import io.meshwright.value.Require;
import io.meshwright.value.Url;
import io.meshwright.value.traffic.Autoscale;
import io.meshwright.value.traffic.Hpa;
import io.meshwright.value.traffic.Keda;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/** Changes the number of a workload's pods: a HorizontalPodAutoscaler or a ScaledObject, one and never both. */
public final class Autoscaling extends Construct {
    private final ApiObject resource;

    private Autoscaling(Construct scope, String id, Props props) {
        super(scope, id);
        this.resource = props.autoscale() instanceof Hpa hpa
                ? CpuAutoscaler.of(this, props.target(), hpa)
                : RequestAutoscaler.of(this, props, (Keda) props.autoscale());
    }

    /** The HorizontalPodAutoscaler or ScaledObject, for what this construct cannot say. */
    public ApiObject resource() {
        return resource;
    }

    /**
     * All that it needs.
     *
     * @param prometheus where the mesh's metrics are, with the path below which it serves; only for {@link Keda}
     */
    public record Props(ScaleTarget target, Autoscale autoscale, Url prometheus) {
        public Props {
            Require.present("target", target);
            Require.present("autoscale", autoscale);
            Require.that(
                    autoscale instanceof Hpa || prometheus != null,
                    "prometheus",
                    "is missing",
                    "say where the mesh's metrics are");
        }
    }

    /** Collects what it is made of. */
    public static final class Builder {
        private final Construct scope;
        private final String id;
        private ScaleTarget target;
        private Autoscale autoscale;
        private Url prometheus;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public Builder target(ScaleTarget target) {
            this.target = target;
            return this;
        }

        public Builder autoscale(Autoscale autoscale) {
            this.autoscale = autoscale;
            return this;
        }

        /** Where the mesh's metrics are, with the path below which Prometheus serves. */
        public Builder prometheus(Url prometheus) {
            this.prometheus = prometheus;
            return this;
        }

        public Autoscaling build() {
            return new Autoscaling(scope, id, new Props(target, autoscale, prometheus));
        }
    }
}
