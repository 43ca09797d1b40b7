package io.meshwright.construct.observability.settings;

import io.meshwright.value.Require;
import java.util.List;

/** On which way Envoy's access logs reach Loki. */
public sealed interface AccessLogs {
    /** Every proxy writes to its standard output, and the log agent of the node reads it. */
    static AccessLogs stdout() {
        return new Stdout();
    }

    /**
     * Every proxy sends to the OpenTelemetry Collector; the provider's {@code logFormat.labels} become Loki's labels.
     */
    static AccessLogs provider(List<String> labels) {
        return new Provider(labels);
    }

    record Stdout() implements AccessLogs {}

    record Provider(List<String> labels) implements AccessLogs {
        public Provider {
            labels = List.copyOf(Require.notEmpty("labels", labels));
        }
    }
}
