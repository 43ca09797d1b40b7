package io.meshwright.check.admission.part;

import io.meshwright.check.admission.field.Field;
import java.util.LinkedHashSet;
import java.util.Set;

/** To whom an object is exported: namespaces, a dot for its own, an asterisk for all, a tilde for nobody. */
public final class Visibility {
    private static final String OWN = ".";
    private static final String ALL = "*";
    private static final String NOBODY = "~";
    private static final String REMEDY = "Write \".\", \"*\" or names of namespaces.";

    private Visibility() {}

    public static void examine(Field exportTo) {
        examine(exportTo, false);
    }

    /** A ServiceEntry can also be exported to nobody. */
    public static void examine(Field exportTo, boolean toNobody) {
        Set<String> seen = new LinkedHashSet<>();
        for (Field entry : exportTo.items()) {
            String name = entry.text();
            if (!seen.add(whole(entry))) {
                entry.refuse("\"%s\" is in the list already".formatted(name), "Remove it.");
            } else if (name.equals(NOBODY) && !toNobody) {
                entry.refuse("only a ServiceEntry can be exported to nobody", REMEDY);
            } else if (!Set.of(OWN, ALL, NOBODY).contains(name) && !DnsName.isLabel(name)) {
                entry.refuse("\"%s\" is no namespace".formatted(name), REMEDY);
            }
        }
        if (exportTo.size() > 1 && (seen.contains(ALL) || toNobody && seen.contains(NOBODY))) {
            exportTo.refuse(
                    "\"%s\" stands beside other entries".formatted(seen.contains(ALL) ? ALL : NOBODY),
                    "Write it alone, or the other entries without it.");
        }
    }

    /** The namespace's own name stands for a dot as well. */
    private static String whole(Field entry) {
        return entry.manifest()
                .namespace()
                .filter(entry.text()::equals)
                .map(own -> OWN)
                .orElse(entry.text());
    }

    /** A DestinationRule for some callers is for those of its own namespace only. */
    public static void ownNamespaceOnly(Field exportTo) {
        for (Field entry : exportTo.items()) {
            boolean unsure = entry.manifest().namespace().isEmpty() && DnsName.isLabel(entry.text());
            if (!whole(entry).equals(OWN) && !unsure) {
                entry.refuse(
                        "a rule with a workloadSelector is exported to \"%s\"".formatted(entry.text()),
                        "Write exportTo: [\".\"], or remove the workloadSelector.");
            }
        }
    }
}
