package io.meshwright.construct.observability.operator;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pods that are scraped: the fields that we give, in the order in which they are written. */
@Group("monitoring.coreos.com")
@Version("v1")
public final class PodMonitor extends CustomResource<PodMonitor.Spec, Void> {
    private static final long serialVersionUID = 1;

    public PodMonitor(ObjectMeta metadata, Spec spec) {
        setMetadata(metadata);
        setSpec(spec);
    }

    // Otherwise the constructor asks for one without arguments.
    @Override
    protected @Nullable Spec initSpec() {
        return null;
    }

    /** The pods, in the namespaces and at the ports that are scraped. */
    public record Spec(
            NamespaceSelector namespaceSelector, LabelSelector selector, List<Endpoint> podMetricsEndpoints) {
        public Spec {
            podMetricsEndpoints = List.copyOf(podMetricsEndpoints);
        }
    }

    /**
     * One place of each pod.
     *
     * @param port name of the container's port; null: one target for each port, which relabelling makes one again
     * @param path null: what a relabelling says
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Endpoint(@Nullable String port, @Nullable String path, List<Relabeling> relabelings) {
        public Endpoint {
            relabelings = List.copyOf(relabelings);
        }
    }
}
