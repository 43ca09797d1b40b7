package io.meshwright.construct.observability.metrics;

import io.meshwright.value.istio.IstioPorts;

/** Prometheus' scrape jobs, each with the value of the label {@code job} that its series carry. */
public enum ScrapeJob {
    /** On the port that each pod's annotation names. */
    PODS("kubernetes-pods", 0),
    ISTIOD("istiod", IstioPorts.MONITORING.value()),
    KUBE_STATE_METRICS("kube-state-metrics", 8080),
    NODE_EXPORTER("node-exporter", 9100),
    KUBELET("kubelet", 10250),
    CADVISOR("cadvisor", 10250);

    private final String label;
    private final int port;

    ScrapeJob(String label, int port) {
        this.label = label;
        this.port = port;
    }

    /** The value of the label. */
    public String label() {
        return label;
    }

    /** Port of the pod or node that is scraped; 0 where there is no one port. */
    public int port() {
        return port;
    }
}
