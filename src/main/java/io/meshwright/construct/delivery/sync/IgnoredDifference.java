package io.meshwright.construct.delivery.sync;

import io.meshwright.value.Require;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Fields of one object in Git that another controller writes, and Argo CD therefore neither reports nor reverts.
 *
 * @param group API group; empty for the core group
 * @param name of the one object; a whole kind is never ignored
 * @param paths jq expressions
 */
public record IgnoredDifference(
        String group, String kind, String name, Optional<String> namespace, List<String> paths) {
    public IgnoredDifference {
        Require.notBlank("kind", kind);
        Require.notBlank("name", name);
        paths = List.copyOf(Require.notEmpty("paths", paths));
    }

    /** The same object with further paths. */
    public IgnoredDifference with(List<String> more) {
        return new IgnoredDifference(
                group,
                kind,
                name,
                namespace,
                Stream.concat(paths.stream(), more.stream()).toList());
    }
}
