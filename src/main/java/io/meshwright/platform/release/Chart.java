package io.meshwright.platform.release;

import io.meshwright.value.Require;

/**
 * One Helm chart, pinned.
 *
 * @param version as the repository writes it: cert-manager's begin with a {@code v}
 * @param repository address of the chart repository
 */
public record Chart(String name, String version, String repository) {
    public Chart {
        Require.notBlank("name", name);
        Require.notBlank("version", version);
        Require.notBlank("repository", repository);
    }
}
