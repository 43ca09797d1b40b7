package io.meshwright.construct.delivery.flux;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import io.meshwright.value.pod.ObjectName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Git repository that Flux reads: the fields that we give, in the order in which they are written. */
@Group("source.toolkit.fluxcd.io")
@Version("v1")
public final class GitRepository extends CustomResource<GitRepository.Spec, Void> {
    private static final long serialVersionUID = 1;

    public GitRepository(ObjectMeta metadata, Spec spec) {
        setMetadata(metadata);
        setSpec(spec);
    }

    // Otherwise the constructor asks for one without arguments.
    @Override
    protected @Nullable Spec initSpec() {
        return null;
    }

    /**
     * The place and how often it is looked at.
     *
     * @param url {@code https://} or {@code ssh://}; Flux takes no short form of SSH
     * @param secretRef null: it is read without a key
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Spec(String url, Reference ref, @Nullable LocalName secretRef, String interval, String timeout) {
        /**
         * That of a repository as environment files write it.
         *
         * @param revision a branch, a commit, or the whole name of a reference
         * @param secret with the key by which it is read
         */
        public static Spec of(
                io.meshwright.value.delivery.GitRepository repository, String revision, Optional<ObjectName> secret) {
            String address = repository.toString();
            boolean whole = address.startsWith("http") || address.startsWith("ssh:");
            return new Spec(
                    whole ? address : "ssh://".concat(address.replaceFirst(":/?", "/")),
                    Reference.of(revision),
                    secret.map(name -> new LocalName(name.toString())).orElse(null),
                    Intervals.GIT,
                    Intervals.FETCH);
        }
    }

    /** One of the three: a branch, a commit, or the whole name of a reference, such as {@code refs/tags/v1}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Reference(
            @Nullable String branch,
            @Nullable String commit,
            @Nullable String name) {
        private static final String COMMIT = "[0-9a-f]{40}";

        static Reference of(String revision) {
            if (revision.matches(COMMIT)) {
                return new Reference(null, revision, null);
            }
            return revision.startsWith("refs/")
                    ? new Reference(null, null, revision)
                    : new Reference(revision, null, null);
        }
    }
}
