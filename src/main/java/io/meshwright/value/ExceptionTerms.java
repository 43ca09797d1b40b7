package io.meshwright.value;

import java.util.SortedMap;
import java.util.TreeMap;

/** Writes an exception's terms as annotations of the object that it is about, where checks find them. */
public final class ExceptionTerms {
    private ExceptionTerms() {}

    /** Terms of a whole object. */
    public static SortedMap<String, String> annotations(Acceptance terms) {
        return annotations("", terms);
    }

    /** Terms of one port, with its number behind the names, because an object can have several. */
    public static SortedMap<String, String> annotations(Port port, Acceptance terms) {
        return annotations("-%s".formatted(port), terms);
    }

    /** The value of {@link MeshwrightNames#IGNORE} that answers one finding: its code and the reason, on one line. */
    public static String ignoring(String code, String reason) {
        return "%s: %s".formatted(code, reason.strip().replaceAll("\\s+", " "));
    }

    private static SortedMap<String, String> annotations(String suffix, Acceptance terms) {
        SortedMap<String, String> annotations = new TreeMap<>();
        annotations.put(MeshwrightNames.REASON.concat(suffix), terms.reason());
        annotations.put(MeshwrightNames.OWNER.concat(suffix), terms.owner());
        annotations.put(MeshwrightNames.EXPIRES.concat(suffix), terms.expires().toString());
        return annotations;
    }
}
