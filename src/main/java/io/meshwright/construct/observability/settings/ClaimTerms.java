package io.meshwright.construct.observability.settings;

import io.meshwright.value.Acceptance;
import io.meshwright.value.ExceptionTerms;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.workload.DiskProgram;
import io.meshwright.value.workload.VolumeKind;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The class of one claim, and what a reviewer should know beside it.
 *
 * @param storageClass absent: the cluster's default class
 * @param declared what its volumes are, where only the environment tells
 * @param program what keeps its data there, where its makers say something of network file systems
 * @param kept why the claim keeps this class although the program should have another
 */
public record ClaimTerms(
        @Nullable String storageClass,
        Optional<VolumeKind> declared,
        Optional<DiskProgram> program,
        Optional<Acceptance> kept) {
    public static ClaimTerms of(@Nullable String storageClass) {
        return new ClaimTerms(storageClass, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Annotations of the claim: they can change while it is bound, which its class cannot. */
    public Map<String, String> notes() {
        Map<String, String> notes = new TreeMap<>();
        declared.ifPresent(kind -> notes.put(MeshwrightNames.STORAGE_KIND, kind.word()));
        kept.ifPresent(keeping -> {
            notes.putAll(ExceptionTerms.annotations(keeping));
            if (program.isPresent() && isNetwork()) {
                notes.put(MeshwrightNames.IGNORE, ExceptionTerms.ignoring("MESH314", keeping.reason()));
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
