package io.meshwright.construct.observability.operator;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pods behind Services that are scraped: the fields that we give, in the order in which they are written. */
@Group("monitoring.coreos.com")
@Version("v1")
public final class ServiceMonitor extends CustomResource<ServiceMonitor.Spec, Void> {
    private static final long serialVersionUID = 1;

    public ServiceMonitor(ObjectMeta metadata, Spec spec) {
        setMetadata(metadata);
        setSpec(spec);
    }

    // Otherwise the constructor asks for one without arguments.
    @Override
    protected @Nullable Spec initSpec() {
        return null;
    }

    /** The Services, in the namespaces and at the ports that are scraped. */
    public record Spec(NamespaceSelector namespaceSelector, LabelSelector selector, List<Endpoint> endpoints) {
        public Spec {
            endpoints = List.copyOf(endpoints);
        }
    }

    /** One port of each Service, by its name. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Endpoint(String port, List<Relabeling> relabelings) {
        public Endpoint {
            relabelings = List.copyOf(relabelings);
        }
    }
}
