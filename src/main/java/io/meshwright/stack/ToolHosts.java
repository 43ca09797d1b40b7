package io.meshwright.stack;

import io.meshwright.environment.Observability;
import io.meshwright.value.Host;
import java.util.List;

/** The hosts under which monitoring tools are exposed. */
final class ToolHosts {
    private ToolHosts() {}

    /** One domain for all, or one host for each exposed tool. */
    static List<Host> of(Observability observability) {
        return observability.domain() != null
                ? List.of(observability.domain())
                : observability.hosts().values().stream().distinct().sorted().toList();
    }
}
