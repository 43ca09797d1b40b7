package io.meshwright.construct.delivery.flux;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A folder that Flux applies: the fields that we give, in the order in which they are written. */
@Group("kustomize.toolkit.fluxcd.io")
@Version("v1")
public final class Kustomization extends CustomResource<Kustomization.Spec, Void> {
    private static final long serialVersionUID = 1;

    public Kustomization(ObjectMeta metadata, Spec spec) {
        setMetadata(metadata);
        setSpec(spec);
    }

    // Otherwise the constructor asks for one without arguments.
    @Override
    protected @Nullable Spec initSpec() {
        return null;
    }

    /**
     * A folder, its source, and the way in which it is kept.
     *
     * @param dependsOn Kustomizations that are ready before this one is applied; null: none
     * @param path from the root of the repository, beginning with {@code ./}
     * @param prune whether what is gone from Git goes from the cluster
     * @param await whether it is ready only when all its objects are
     * @param force whether an object whose change is refused is made anew
     * @param deletionPolicy what becomes of its objects when it goes itself; null: as {@code prune} says
     * @param ignore fields that controllers write; null: none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Spec(
            @Nullable List<LocalName> dependsOn,
            SourceReference sourceRef,
            String path,
            boolean prune,
            @JsonProperty("wait") boolean await,
            boolean force,
            @Nullable String deletionPolicy,
            String interval,
            String retryInterval,
            String timeout,
            @Nullable List<IgnoreRule> ignore) {
        public Spec {
            dependsOn = dependsOn == null ? null : List.copyOf(dependsOn);
            ignore = ignore == null ? null : List.copyOf(ignore);
        }

        /**
         * That of a folder.
         *
         * @param source name of the GitRepository
         * @param path from its root
         * @param after names of the Kustomizations that are ready before
         */
        public static Spec of(String source, String path, List<String> after, boolean await, List<IgnoreRule> ignore) {
            return new Spec(
                    after.isEmpty() ? null : after.stream().map(LocalName::new).toList(),
                    new SourceReference("GitRepository", source),
                    "./".concat(path),
                    true,
                    await,
                    false,
                    null,
                    Intervals.DRIFT,
                    Intervals.RETRY,
                    Intervals.TIMEOUT,
                    ignore.isEmpty() ? null : ignore);
        }

        /** The same, which leaves all its objects in the cluster when it goes. */
        public Spec leaving() {
            return new Spec(
                    dependsOn,
                    sourceRef,
                    path,
                    prune,
                    await,
                    force,
                    "Orphan",
                    interval,
                    retryInterval,
                    timeout,
                    ignore);
        }

        /** The same, which never removes anything. */
        public Spec keeping() {
            return new Spec(
                    dependsOn,
                    sourceRef,
                    path,
                    false,
                    await,
                    force,
                    "Orphan",
                    interval,
                    retryInterval,
                    timeout,
                    ignore);
        }
    }
}
