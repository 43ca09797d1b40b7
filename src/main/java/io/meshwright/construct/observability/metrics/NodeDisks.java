package io.meshwright.construct.observability.metrics;

/** The file systems of a node that fill up: images, logs and volumes of a local storage class lie on them. */
public final class NodeDisks {
    /** Selects them; not a boot partition or a read-only image, which are full by design. */
    public static final String SELECTOR =
            "fstype!~\"tmpfs|overlay|squashfs|erofs|ramfs\",mountpoint=~\"/|/var|/var/lib.*|/opt.*|/mnt.*\"";

    private NodeDisks() {}
}
