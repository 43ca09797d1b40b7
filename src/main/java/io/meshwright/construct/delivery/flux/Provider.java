package io.meshwright.construct.delivery.flux;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** A place at which Flux tells its news: the fields that we give, in the order in which they are written. */
@Group("notification.toolkit.fluxcd.io")
@Version("v1beta3")
public final class Provider extends CustomResource<Provider.Spec, Void> {
    private static final long serialVersionUID = 1;

    public Provider(ObjectMeta metadata, Spec spec) {
        setMetadata(metadata);
        setSpec(spec);
    }

    // Otherwise the constructor asks for one without arguments.
    @Override
    protected @Nullable Spec initSpec() {
        return null;
    }

    /** A channel, the address of the programming interface, and the Secret whose key {@code token} opens it. */
    public record Spec(String type, String channel, String address, LocalName secretRef) {}
}
