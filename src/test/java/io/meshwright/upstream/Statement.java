package io.meshwright.upstream;

import io.meshwright.check.Finding;
import io.meshwright.check.Severity;
import java.util.List;
import java.util.stream.Stream;

/**
 * One thing that another project says of the objects of a row: {@code IST0101 VirtualService shop/cart} blames an
 * object, {@code no IST0101} finds nothing to blame where it looked for it.
 */
record Statement(String text) {
    private static final String SILENT = "no ";

    /** How it stands to what is said here. */
    enum Standing {
        SAME,
        OTHERWISE,
        UNCOVERED
    }

    boolean isSilent() {
        return text.startsWith(SILENT);
    }

    String code() {
        return text.substring(isSilent() ? SILENT.length() : 0).split(" ")[0];
    }

    /** The object, or an empty text where all of them are meant. */
    String object() {
        String rest = text.substring(isSilent() ? SILENT.length() : 0);
        return rest.contains(" ") ? rest.substring(rest.indexOf(' ') + 1) : "";
    }

    /**
     * True if these findings say the same: of this object by a rule that names this code as its twin. A note breaks no
     * silence, since it says itself that the rest of the cluster may have what is missing.
     */
    boolean isSharedBy(List<Finding> findings) {
        Stream<Finding> twins = findings.stream()
                .filter(finding -> !isSilent() || finding.severity() != Severity.INFO)
                .filter(finding -> object().isEmpty() || finding.object().equals(object()))
                .filter(finding -> finding.rule().twins().contains(code()));
        return isSilent() == twins.findAny().isEmpty();
    }
}
