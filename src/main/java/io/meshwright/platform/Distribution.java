package io.meshwright.platform;

import io.meshwright.value.Version;
import io.meshwright.value.Word;
import java.util.Locale;
import java.util.Optional;

/** The distribution of Kubernetes on the nodes, as far as it differs from upstream. */
public enum Distribution {
    @Word("k3s")
    K3S {
        @Override
        public Optional<CniFolders> cniFolders(Version kubernetes) {
            return Optional.of(new CniFolders(K3sPlugins.of(kubernetes), "/var/lib/rancher/k3s/agent/etc/cni/net.d"));
        }
    },

    // [istio, manifests/helm-profiles/platform-microk8s.yaml, the same from 1.24 to 1.31]
    @Word("microk8s")
    MICROK8S {
        @Override
        public Optional<CniFolders> cniFolders(Version kubernetes) {
            return Optional.of(new CniFolders(
                    "/var/snap/microk8s/current/opt/cni/bin", "/var/snap/microk8s/current/args/cni-network"));
        }

        // [microk8s.io, docs, files of the snap: args/kubelet has --root-dir=${SNAP_COMMON}/var/lib/kubelet]
        @Override
        public String kubeletFolder() {
            return "/var/snap/microk8s/common/var/lib/kubelet";
        }
    },

    // Multus gives pods their networks, Istio's node agent one of them [istio,
    // manifests/helm-profiles/platform-openshift.yaml].
    @Word("openshift")
    OPENSHIFT {
        @Override
        public Optional<CniFolders> cniFolders(Version kubernetes) {
            return Optional.of(new CniFolders("/var/lib/cni/bin", "/etc/cni/multus/net.d"));
        }

        @Override
        public boolean isOpenShift() {
            return true;
        }
    },

    // Its root is read only, except these folders of CNI plugins and all of /var [talos.dev, file system].
    @Word("talos")
    TALOS {
        @Override
        public Optional<CniFolders> cniFolders(Version kubernetes) {
            return Optional.empty();
        }
    },

    @Word("other")
    OTHER {
        @Override
        public Optional<CniFolders> cniFolders(Version kubernetes) {
            return Optional.empty();
        }
    };

    /**
     * Folders of its nodes' CNI plugins.
     *
     * @return empty for {@code /opt/cni/bin} and {@code /etc/cni/net.d}, which Istio's chart takes by itself
     */
    public abstract Optional<CniFolders> cniFolders(Version kubernetes);

    /** Its spelling in a file. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Folder of its nodes in which the kubelet keeps pods and plugins. */
    public String kubeletFolder() {
        return "/var/lib/kubelet";
    }

    /** True if SecurityContextConstraints decide about pods, and Multus about their networks. */
    public boolean isOpenShift() {
        return false;
    }
}
