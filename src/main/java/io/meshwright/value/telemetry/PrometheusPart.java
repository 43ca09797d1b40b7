package io.meshwright.value.telemetry;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Matches;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Word;
import io.meshwright.value.workload.LabelSyntax;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The part that has the metrics, where Prometheus is not one of ours. */
@Doc("Who has the metrics, in the place of a Prometheus of ours.")
public sealed interface PrometheusPart permits PrometheusPart.Existing, Absent {
    /** A Prometheus that others run in the cluster. */
    @Word("existing")
    @Doc("A Prometheus that others run in the cluster, with an Alertmanager of theirs.")
    record Existing(
            @Required @Doc("Namespace of its Service and pods.") @Sample("kube-prometheus")
            Name namespace,

            @Required @Doc("Name of its Service.") @Sample("prometheus-operated")
            Name service,

            @Defaulted @Doc("Port of the Service; default 9090.")
            Port port,

            @Defaulted @Doc("Port of its pods; default 9090.")
            Port targetPort,

            @Defaulted
            @Doc("Labels by which NetworkPolicies know its pods; default app.kubernetes.io/name: prometheus.")
            Map<String, String> podLabels,

            @Defaulted
            @Doc("Prefix of every path that it serves, such as /prometheus; default: none.")
            @Sample("/prometheus")
            @Matches(
                    regex = "(/[a-z0-9][-a-z0-9]*){0,8}",
                    max = 200,
                    says = "a prefix such as /prometheus, without a slash at its end")
            String path,

            @Nullable
            @Doc("What the Prometheus Operator selects by; default: no operator, the pods' annotations say what is"
                    + " scraped, and a ConfigMap holds the rules.")
            Operator operator)
            implements PrometheusPart, InCluster {
        public Existing {
            Require.present("namespace", namespace);
            Require.present("service", service);
            port = port == null ? Port.of(9090) : port;
            targetPort = targetPort == null ? Port.of(9090) : targetPort;
            podLabels = podLabels == null
                    ? new TreeMap<>(Map.of("app.kubernetes.io/name", "prometheus"))
                    : new TreeMap<>(Require.notEmpty("podLabels", podLabels));
            LabelSyntax.labels("podLabels", podLabels);
            path = path == null ? "" : path;
        }
    }

    /** The operator that gives Prometheus its scrapes and rules from objects. */
    @Doc("The Prometheus Operator, which reads PodMonitors, ServiceMonitors and PrometheusRules.")
    record Operator(
            @Defaulted
            @Doc("Labels of these objects by which it selects them, such as release: kube-prometheus-stack; default:"
                    + " none.")
            Map<String, String> labels) {
        public Operator {
            labels = labels == null ? new TreeMap<>() : new TreeMap<>(labels);
            LabelSyntax.labels("labels", labels);
        }
    }
}
