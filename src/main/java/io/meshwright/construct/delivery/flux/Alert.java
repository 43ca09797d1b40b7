package io.meshwright.construct.delivery.flux;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** News that Flux tells: the fields that we give, in the order in which they are written. */
@Group("notification.toolkit.fluxcd.io")
@Version("v1beta3")
public final class Alert extends CustomResource<Alert.Spec, Void> {
    private static final long serialVersionUID = 1;

    public Alert(ObjectMeta metadata, Spec spec) {
        setMetadata(metadata);
        setSpec(spec);
    }

    // Otherwise the constructor asks for one without arguments.
    @Override
    protected @Nullable Spec initSpec() {
        return null;
    }

    /** The place, from which severity on, and of which objects. */
    public record Spec(LocalName providerRef, String eventSeverity, List<EventSource> eventSources, String summary) {
        public Spec {
            eventSources = List.copyOf(eventSources);
        }
    }

    /** Objects of one kind; the name {@code *} means each. */
    public record EventSource(String kind, String name) {}
}
