package io.meshwright.construct.observability.metrics;

/** What Prometheus scrapes, by the value that each series carries in its label {@code job}. */
public enum ScrapeJob {
  PODS("kubernetes-pods"),
  ISTIOD("istiod"),
  KUBE_STATE_METRICS("kube-state-metrics"),
  NODE_EXPORTER("node-exporter"),
  KUBELET("kubelet"),
  CADVISOR("cadvisor");

  private final String label;

  ScrapeJob(String label) {
    this.label = label;
  }

  /** The value of the label. */
  public String label() {
    return label;
  }
}
