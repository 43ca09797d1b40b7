package io.meshwright.platform;

import io.meshwright.value.Version;
import java.util.List;

/** Folder in which k3s looks for CNI plugins: since October 2024 one that stays, before in its newest bundle. */
final class K3sPlugins {
    // The release of each line with which the folder came [docs.k3s.io, networking/multus-ipams; k3s-io/k3s#10868].
    // Istio's charts name the old one up to 1.24 and the new one from 1.25 on, whatever the node runs
    // [istio/istio#54112].
    private static final List<Version> STAYS =
            List.of(Version.of("1.28.15"), Version.of("1.29.10"), Version.of("1.30.6"), Version.of("1.31.2"));

    private K3sPlugins() {}

    static String of(Version kubernetes) {
        return stays(kubernetes) ? "/var/lib/rancher/k3s/data/cni" : "/var/lib/rancher/k3s/data/current/bin";
    }

    /** A line without a patch stands for its newest one. */
    private static boolean stays(Version kubernetes) {
        return STAYS.stream()
                .filter(first -> first.line().equals(kubernetes.line()))
                .findFirst()
                .map(first -> kubernetes.equals(kubernetes.line()) || kubernetes.isAtLeast(first))
                .orElse(kubernetes.isAtLeast(STAYS.get(0)));
    }
}
