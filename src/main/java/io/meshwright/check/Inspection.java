package io.meshwright.check;

import java.util.List;

/**
 * Finds breaches of rules; {@code @AutoService(Inspection.class)} on the class puts it into the registry when it is
 * compiled.
 */
public interface Inspection {
    /** The rules that are described here; breaches of others may be found as well. */
    List<Rule> rules();
}
