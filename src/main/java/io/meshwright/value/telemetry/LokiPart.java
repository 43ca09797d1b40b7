package io.meshwright.value.telemetry;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Matches;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.SecretRef;
import io.meshwright.value.Url;
import io.meshwright.value.Word;
import io.meshwright.value.workload.LabelSyntax;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The part that keeps the logs, where Loki is not one of ours. */
@Doc("Who keeps the logs, in the place of a Loki of ours.")
public sealed interface LokiPart permits LokiPart.Existing, LokiPart.Outside, Absent {
    /** A Loki that others run in the cluster. */
    @Word("existing")
    @Doc("A Loki from 3.0 on that others run in the cluster.")
    record Existing(
            @Required @Doc("Namespace of its Service and pods.") @Sample("loki")
            Name namespace,

            @Required @Doc("Name of the Service that takes and gives lines.") @Sample("loki-gateway")
            Name service,

            @Defaulted @Doc("Port of the Service; default 3100.")
            Port port,

            @Defaulted @Doc("Port of its pods; default 3100.")
            Port targetPort,

            @Defaulted @Doc("Labels by which NetworkPolicies know its pods; default app.kubernetes.io/name: loki.")
            Map<String, String> podLabels,

            @Nullable
            @Doc("Tenant, sent as X-Scope-OrgID; default: none.")
            @Sample("shop")
            @Matches(regex = "[A-Za-z0-9][-_.A-Za-z0-9]*", max = 150, says = "a tenant such as shop")
            String tenant,

            @Defaulted @Doc("Whether the log agent of ours reads the nodes' files and sends there; default true.")
            Boolean agent)
            implements LokiPart, InCluster {
        public Existing {
            Require.present("namespace", namespace);
            Require.present("service", service);
            port = port == null ? Port.of(3100) : port;
            targetPort = targetPort == null ? Port.of(3100) : targetPort;
            podLabels = podLabels == null
                    ? new TreeMap<>(Map.of("app.kubernetes.io/name", "loki"))
                    : new TreeMap<>(Require.notEmpty("podLabels", podLabels));
            LabelSyntax.labels("podLabels", podLabels);
            agent = agent == null || agent;
        }
    }

    /** A Loki, or whatever takes lines by OTLP over HTTP, outside the cluster. */
    @Word("outside")
    @Doc("A store outside the cluster that takes lines by OTLP over HTTP, such as Grafana Cloud.")
    record Outside(
            @Required
            @Doc("Address below which /v1/logs takes lines, such as https://logs.example.org/otlp.")
            @Sample("https://logs.example.org/otlp")
            Url url,

            @Defaulted
            @Doc("Headers of each request, by name, as secret/key of the namespaces of the tools and of their agents.")
            Map<String, SecretRef> headers,

            @Defaulted @Doc("Whether the log agent of ours reads the nodes' files and sends there; default true.")
            Boolean agent)
            implements LokiPart {
        public Outside {
            Require.present("url", url);
            headers = OtlpHeaders.of(url, headers);
            agent = agent == null || agent;
        }
    }
}
