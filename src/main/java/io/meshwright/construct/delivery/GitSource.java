package io.meshwright.construct.delivery;

import io.meshwright.value.Require;
import io.meshwright.value.Url;
import io.meshwright.value.delivery.GitPlace;
import io.meshwright.value.delivery.GitRepository;

/**
 * The folder from which Argo CD reads what was synthesized.
 *
 * @param revision branch, tag or commit
 * @param path the environment's folder, such as {@code dist/azure}
 */
public record GitSource(GitRepository repository, String revision, String path) {
    public GitSource {
        Require.present("repository", repository);
        GitPlace.revision("revision", revision);
        GitPlace.folder("path", path);
    }

    /** A folder of a repository that is read by HTTPS. */
    public GitSource(Url repository, String revision, String path) {
        this(GitRepository.of(Require.present("repository", repository).toString()), revision, path);
    }

    /** The folder of one stack. */
    String folder(String stack) {
        return "%s/%s".formatted(path, stack);
    }
}
