package io.meshwright.construct.delivery.byhand;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import io.meshwright.value.MeshwrightNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of an installation in their order: for the page that people follow, and no cluster knows its kind. */
@Group(MeshwrightNames.GROUP)
@Version("v1")
public final class Installation extends CustomResource<Installation.Spec, Void> {
    private static final long serialVersionUID = 1;

    public Installation(ObjectMeta metadata, Spec spec) {
        setMetadata(metadata);
        setSpec(spec);
    }

    // Otherwise the constructor asks for one without arguments.
    @Override
    protected @Nullable Spec initSpec() {
        return null;
    }

    /** Folders are those of the place where this object lies. */
    public record Spec(List<Step> steps) {
        public Spec {
            steps = List.copyOf(steps);
        }
    }

    /**
     * One of three: a folder of objects, a kustomization of others, or a release.
     *
     * @param apply name of the folder beside this one
     * @param kustomize address of the kustomization
     * @param install name of the Release
     * @param namespace of the Release
     * @param await whether the next steps need what this one brings; null: not
     * @param skipSchemaValidation whether the chart's own schema is broken; null: not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Step(
            @Nullable String apply,
            @Nullable String kustomize,
            @Nullable String install,
            @Nullable String namespace,
            @Nullable Boolean await,
            @Nullable Boolean skipSchemaValidation) {
        public static Step folder(String name) {
            return new Step(name, null, null, null, null, null);
        }

        public static Step kustomization(String address) {
            return new Step(null, address, null, null, null, null);
        }

        /** A release; {@code schemaApplies} says whether Helm may hold its values against the chart's schema. */
        public static Step release(String name, String namespace, boolean await, boolean schemaApplies) {
            return new Step(null, null, name, namespace, await ? true : null, schemaApplies ? null : true);
        }
    }
}
