package io.meshwright.value.telemetry;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Matches;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Url;
import io.meshwright.value.Word;
import io.meshwright.value.workload.LabelSyntax;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The part that shows the dashboards, where Grafana is not one of ours. */
@Doc("Who shows the dashboards, in the place of a Grafana of ours.")
public sealed interface GrafanaPart permits GrafanaPart.Existing, Absent {
    /** A Grafana that others run, in the cluster or outside. */
    @Word("existing")
    @Doc("A Grafana that others run, whose sidecar reads dashboards and data sources from ConfigMaps.")
    record Existing(
            @Required @Doc("Address at which people open it.") @Sample("https://grafana.example.org")
            Url url,

            @Nullable
            @Doc("Namespace of its pods, which then reach the programs of ours that it reads; default: it runs outside"
                    + " the cluster.")
            @Sample("kube-prometheus")
            Name namespace,

            @Defaulted @Doc("Labels by which NetworkPolicies know its pods; default app.kubernetes.io/name: grafana.")
            Map<String, String> podLabels,

            @Defaulted
            @Doc("Labels of a ConfigMap by which its sidecar finds dashboards; default grafana_dashboard: \"1\".")
            Map<String, String> dashboardLabels,

            @Defaulted
            @Doc("Labels of a ConfigMap by which its sidecar finds data sources; default grafana_datasource: \"1\".")
            Map<String, String> dataSourceLabels,

            @Nullable
            @Doc("Folder of the dashboards, in the annotation grafana_folder; default: the sidecar's own.")
            @Sample("Mesh")
            @Matches(regex = "[A-Za-z0-9][-_ A-Za-z0-9]*", max = 80, says = "a folder's name such as Mesh")
            String folder,

            @Defaulted
            @Doc("The uid of each of its data sources that dashboards read; default: prometheus, loki and jaeger.")
            Map<Source, Name> dataSources)
            implements GrafanaPart {
        public Existing {
            Require.present("url", url);
            Require.that(
                    namespace != null || podLabels == null,
                    "podLabels",
                    "names pods in no namespace",
                    "add namespace, or remove it");
            podLabels = labels("podLabels", podLabels, "app.kubernetes.io/name", "grafana");
            dashboardLabels = labels("dashboardLabels", dashboardLabels, "grafana_dashboard", "1");
            dataSourceLabels = labels("dataSourceLabels", dataSourceLabels, "grafana_datasource", "1");
            dataSources = dataSources == null ? Map.of() : new LinkedHashMap<>(dataSources);
        }

        private static Map<String, String> labels(
                String key, @Nullable Map<String, String> given, String label, String value) {
            Map<String, String> labels =
                    new TreeMap<>(given == null ? Map.of(label, value) : Require.notEmpty(key, given));
            LabelSyntax.labels(key, labels);
            return labels;
        }
    }

    /** A store that dashboards read. */
    enum Source {
        @Word("prometheus")
        PROMETHEUS,
        @Word("loki")
        LOKI,
        @Word("jaeger")
        JAEGER
    }
}
