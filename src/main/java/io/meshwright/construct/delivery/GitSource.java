package io.meshwright.construct.delivery;

import io.meshwright.value.Require;
import io.meshwright.value.Url;

/**
 * The folder from which Argo CD reads what was synthesized.
 *
 * @param revision branch, tag or commit
 * @param path the environment's folder, such as {@code dist/azure}
 */
public record GitSource(Url repository, String revision, String path) {
    private static final String SEGMENT = "(?!\\.{1,2}(/|$))[A-Za-z0-9_.-]+";

    public GitSource {
        Require.present("repository", repository);
        Require.notBlank("revision", revision);
        Require.that(
                Require.notBlank("path", path).matches("%s(/%s)*".formatted(SEGMENT, SEGMENT)),
                "path",
                "\"%s\" is not a folder of the repository".formatted(path),
                "begin and end without a slash, such as dist/azure");
    }

    /** The folder of one stack. */
    String folder(String stack) {
        return "%s/%s".formatted(path, stack);
    }
}
