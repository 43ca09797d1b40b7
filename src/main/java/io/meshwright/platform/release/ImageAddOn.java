package io.meshwright.platform.release;

import java.util.Locale;

/** An add-on whose manifests we render ourselves. */
public enum ImageAddOn {
    ALERTMANAGER,
    GRAFANA,
    JAEGER,
    KIALI,
    KUBE_STATE_METRICS,
    LOKI,
    NODE_EXPORTER,
    OTEL_COLLECTOR,
    PROMETHEUS,
    PYTHON;

    /** Its name in the table and in environment files: {@code otel-collector}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
