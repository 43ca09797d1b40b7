package io.meshwright.value.workload;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The rights of a container beyond the others, with the reason for it. */
@Doc("What the container may do beyond the others; the reason is written on its pods.")
@Sample("{readOnlyRootFilesystem: false, reason: the image unpacks itself}")
public record SecurityContext(
        @Defaulted
        @Doc("false: the process writes into its image's own folders; default true. Better list them in writable.")
        Boolean readOnlyRootFilesystem,

        @Defaulted @Doc("Rights of root that it needs.") Capabilities capabilities,

        @Required @Doc("Why it needs them.") String reason) {
    // [kubernetes.io, Pod Security Standards: restricted, and baseline]
    private static final Set<String> RESTRICTED = Set.of("NET_BIND_SERVICE");
    private static final Set<String> BASELINE = Set.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");

    public SecurityContext {
        readOnlyRootFilesystem = readOnlyRootFilesystem == null || readOnlyRootFilesystem;
        capabilities = capabilities == null ? new Capabilities(null) : capabilities;
        Require.notBlank("reason", reason);
        Require.that(
                !readOnlyRootFilesystem || !capabilities.add().isEmpty(),
                "",
                "asks for nothing beyond the others",
                "remove it");
    }

    /** True if the restricted Pod Security Standard admits it. */
    public boolean isRestricted() {
        return RESTRICTED.containsAll(capabilities.add());
    }

    /** Rights of root. */
    @Doc("Rights of root.")
    public record Capabilities(
            @Defaulted
            @Doc("Names without CAP_, such as NET_BIND_SERVICE; all others are dropped.")
            @Sample("[NET_BIND_SERVICE]")
            List<String> add) {
        public Capabilities {
            add = add == null ? List.of() : List.copyOf(add);
            for (int i = 0; i < add.size(); i++) {
                Require.that(
                        BASELINE.contains(add.get(i)),
                        "add[%d]".formatted(i),
                        "\"%s\" is no right that Pod Security's baseline admits".formatted(add.get(i)),
                        "use one of: %s".formatted(String.join(", ", new TreeSet<>(BASELINE))));
            }
        }
    }
}
