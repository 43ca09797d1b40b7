package io.meshwright.construct.observability.dashboards;

import java.util.Locale;

/** A store that Grafana asks; its name is also the fixed {@code uid} by which dashboards and links refer to it. */
public enum Source {
    PROMETHEUS,
    LOKI,
    JAEGER;

    /** Type and {@code uid} of the data source. */
    public String uid() {
        return name().toLowerCase(Locale.ROOT);
    }
}
