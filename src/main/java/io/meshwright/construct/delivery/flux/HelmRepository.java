package io.meshwright.construct.delivery.flux;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** A repository of charts that Flux reads: the fields that we give, in the order in which they are written. */
@Group("source.toolkit.fluxcd.io")
@Version("v1")
public final class HelmRepository extends CustomResource<HelmRepository.Spec, Void> {
    private static final long serialVersionUID = 1;

    public HelmRepository(ObjectMeta metadata, Spec spec) {
        setMetadata(metadata);
        setSpec(spec);
    }

    // Otherwise the constructor asks for one without arguments.
    @Override
    protected @Nullable Spec initSpec() {
        return null;
    }

    /**
     * The place and how often its index is read.
     *
     * @param type {@code oci} for a registry; null: a repository with an index
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Spec(@Nullable String type, String url, String interval) {
        /** That of an address as charts name it: with {@code https://}, or a registry without {@code oci://}. */
        public static Spec of(String address) {
            boolean web = address.startsWith("http");
            boolean named = web || address.startsWith("oci:");
            return new Spec(web ? null : "oci", named ? address : "oci://".concat(address), Intervals.INDEX);
        }
    }
}
