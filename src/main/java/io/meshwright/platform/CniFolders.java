package io.meshwright.platform;

import io.meshwright.value.Require;

/**
 * Folders in which every node keeps its CNI plugins, from which the container runtime starts them, as absolute paths.
 *
 * @param binaries such as {@code /opt/cni/bin}
 * @param configuration such as {@code /etc/cni/net.d}
 */
public record CniFolders(String binaries, String configuration) {
    public CniFolders {
        Require.notBlank("binaries", binaries);
        Require.notBlank("configuration", configuration);
    }
}
