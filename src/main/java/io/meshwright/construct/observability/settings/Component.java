package io.meshwright.construct.observability.settings;

import io.meshwright.platform.release.ImageAddOn;
import java.util.Locale;

/** A program of the stack: its name in the cluster, its image and the user as whom the image runs. */
public enum Component {
    PROMETHEUS(ImageAddOn.PROMETHEUS, 65534),
    ALERTMANAGER(ImageAddOn.ALERTMANAGER, 65534),
    GRAFANA(ImageAddOn.GRAFANA, 472),
    LOKI(ImageAddOn.LOKI, 10001),
    JAEGER(ImageAddOn.JAEGER, 10001),
    KIALI(ImageAddOn.KIALI, 1000),
    OTEL_COLLECTOR(ImageAddOn.OTEL_COLLECTOR, 10001),
    KUBE_STATE_METRICS(ImageAddOn.KUBE_STATE_METRICS, 65534),
    /** Root without any capability, because the log files of a node belong to root (collector-contrib#33083). */
    LOG_AGENT(ImageAddOn.OTEL_COLLECTOR, 0),
    NODE_EXPORTER(ImageAddOn.NODE_EXPORTER, 65534),
    /** Grafana's user, whose database it copies. */
    GRAFANA_BACKUP(ImageAddOn.PYTHON, 472);

    private final ImageAddOn image;
    private final long user;

    Component(ImageAddOn image, long user) {
        this.image = image;
        this.user = user;
    }

    /** Name of its workload and its {@code app} label. */
    public String app() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public ImageAddOn image() {
        return image;
    }

    /** Numeric user and group. */
    public long user() {
        return user;
    }

    /** True if one runs on every node. */
    public boolean isNodeAgent() {
        return this == LOG_AGENT || this == NODE_EXPORTER;
    }
}
