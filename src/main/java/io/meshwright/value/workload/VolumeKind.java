package io.meshwright.value.workload;

import io.meshwright.value.Doc;
import io.meshwright.value.Word;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The file system below the volumes of a storage class, as far as programs care that keep files open and lock them. */
@Doc("What the volumes of a class are: network, block or local.")
public enum VolumeKind {
    /** A file system that a server exports, such as NFS or SMB: its locks and its writes are not those of a disk. */
    @Word("network")
    NETWORK,
    /** A disk of the network with a file system of its own. */
    @Word("block")
    BLOCK,
    /** A folder or disk of one node. */
    @Word("local")
    LOCAL;

    // Names that the platforms, or the installation guides of the provisioners, give their classes.
    private static final Pattern NETWORK_NAMES =
            Pattern.compile("nfs|nfs-client|nfs-csi|managed-nfs-storage|azurefile(-.*)?|efs|efs-sc|smb|filestore(-.*)?"
                    + "|(standard|premium|enterprise)-rwx");
    private static final Pattern BLOCK_NAMES = Pattern.compile(
            "default|managed|managed-csi(-.*)?|managed-premium|gp2|gp3(-encrypted)?|ebs-sc|standard|standard-rwo|premium-rwo"
                    + "|longhorn(-.*)?|rook-ceph-block|ceph-rbd|csi-rbd-sc|do-block-storage|hcloud-volumes|linode-block-storage(-retain)?"
                    + "|vsphere-csi");
    private static final Pattern LOCAL_NAMES =
            Pattern.compile("local-path|local-storage|hostpath|microk8s-hostpath|openebs-hostpath|topolvm-provisioner");
    // CephFS keeps the promises of a local file system, locks among them (docs.ceph.com, cephfs/posix): it is not here.
    private static final Set<String> EXPORTING = Set.of(
            "nfs.csi.k8s.io",
            "smb.csi.k8s.io",
            "file.csi.azure.com",
            "kubernetes.io/azure-file",
            "efs.csi.aws.com",
            "filestore.csi.storage.gke.io",
            "fuseim.pri/ifs");

    /** The kind that a class of this name has everywhere; empty where the name tells nothing. */
    public static Optional<VolumeKind> ofClass(String name) {
        if (NETWORK_NAMES.matcher(name).matches()) {
            return Optional.of(NETWORK);
        }
        if (BLOCK_NAMES.matcher(name).matches()) {
            return Optional.of(BLOCK);
        }
        return LOCAL_NAMES.matcher(name).matches() ? Optional.of(LOCAL) : Optional.empty();
    }

    /** True if a provisioner or driver hands out folders of a file server. */
    public static boolean isExported(String provisioner) {
        return EXPORTING.contains(provisioner) || provisioner.endsWith("nfs-subdir-external-provisioner");
    }

    /** As an environment file and an annotation spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
