package io.meshwright.construct.observability.settings;

import io.meshwright.value.Day;
import io.meshwright.value.workload.DiskProgram;
import io.meshwright.value.workload.VolumeKind;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The class of one claim, and what a reviewer should know beside it.
 *
 * @param storageClass absent: the cluster's default class
 * @param declared what its volumes are, where only the environment tells
 * @param program what keeps its data there, where its makers say something of network file systems
 * @param kept why the claim keeps this class although the program should have another
 */
public record ClaimTerms(
        String storageClass, Optional<VolumeKind> declared, Optional<DiskProgram> program, Optional<Keeping> kept) {
    private static final String NOTE = "meshwright.io/%s";

    public static ClaimTerms of(String storageClass) {
        return new ClaimTerms(storageClass, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Terms of a claim whose class stays until a day. */
    public record Keeping(String owner, String reason, Day expires) {}

    /** Annotations of the claim: they can change while it is bound, which its class cannot. */
    public Map<String, String> notes() {
        Map<String, String> notes = new TreeMap<>();
        declared.ifPresent(kind -> notes.put(NOTE.formatted("storage-kind"), kind.word()));
        kept.ifPresent(keeping -> {
            notes.put(NOTE.formatted("owner"), keeping.owner());
            notes.put(NOTE.formatted("reason"), keeping.reason());
            notes.put(NOTE.formatted("expires"), keeping.expires().toString());
            if (program.isPresent() && isNetwork()) {
                notes.put(NOTE.formatted("ignore"), "MESH314: %s".formatted(keeping.reason()));
            }
        });
        return notes;
    }

    private boolean isNetwork() {
        return declared.or(() -> Optional.ofNullable(storageClass).flatMap(VolumeKind::ofClass))
                .filter(VolumeKind.NETWORK::equals)
                .isPresent();
    }
}
