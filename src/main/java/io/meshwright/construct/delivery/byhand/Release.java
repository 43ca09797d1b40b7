package io.meshwright.construct.delivery.byhand;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import io.meshwright.value.MeshwrightNames;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Helm release that a person or a pipeline installs: for checks and traces, and no cluster knows its kind. */
@Group(MeshwrightNames.GROUP)
@Version("v1")
public final class Release extends CustomResource<Release.Spec, Void> {
    private static final long serialVersionUID = 1;

    public Release(ObjectMeta metadata, Spec spec) {
        setMetadata(metadata);
        setSpec(spec);
    }

    // Otherwise the constructor asks for one without arguments.
    @Override
    protected @Nullable Spec initSpec() {
        return null;
    }

    /**
     * The chart and its values; they come last, because the file that helm reads is cut out of them.
     *
     * @param repository address with an index, or {@code oci://} of a registry
     */
    public record Spec(String chart, String version, String repository, Map<String, Object> values) {
        public Spec {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }
}
