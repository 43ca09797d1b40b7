package io.meshwright.environment;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Word;
import io.meshwright.value.workload.data.OpenValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A Helm chart of others, which Argo CD installs as an Application of its own. */
@Doc("A Helm chart of others; the key is the name of its Application and of the Helm release.")
public record HelmChart(
        @Required
        @Doc("Address of the chart repository: https://…, or of a registry without oci://, such as ghcr.io/example.")
        String repository,

        @Required @Doc("Name of the chart.") String chart,

        @Required @Doc("Its version, whole: a range would change what runs without a commit.") @Sample("19.6.4")
        String version,

        @Required @Doc("Namespace of its objects, one of namespaces.")
        Name namespace,

        @Defaulted @Doc("Values, as helm show values prints their keys; secrets come by name.")
        Map<String, Object> values,

        @Defaulted @Doc("Kinds of its objects in namespaces that the platform has none of: Kind, or group/Kind.")
        List<String> kinds,

        @Defaulted @Doc("Kinds of its objects of the cluster that the platform has none of: Kind, or group/Kind.")
        List<String> clusterKinds,

        @Defaulted
        @Doc("operators: before the mesh, for what others need; services: beside the services; default services.")
        Turn wave) {
    public HelmChart {
        Require.that(
                Require.present("repository", repository)
                        .matches("https://[^\\s@?#]+|[a-z0-9][-a-z0-9.]*(:\\d+)?(/[-a-z0-9._]+)+"),
                "repository",
                "%s is no repository of charts".formatted(Plain.quoted(repository)),
                "write https://host/path, or host/path of a registry without oci://");
        Require.that(
                Require.present("chart", chart).matches("[a-zA-Z0-9][-a-zA-Z0-9._]*"),
                "chart",
                "%s is no name of a chart".formatted(Plain.quoted(chart)),
                "write it as the repository lists it");
        Require.that(
                Require.present("version", version).matches("v?\\d+\\.\\d+\\.\\d+([-+][-+0-9A-Za-z.]+)?"),
                "version",
                "%s is not one version".formatted(Plain.quoted(version)),
                "write a whole one, such as 19.6.4");
        Require.present("namespace", namespace);
        values = values == null ? Map.of() : new LinkedHashMap<>(values);
        OpenValues.refuse("values", values);
        kinds = kinds("kinds", kinds == null ? List.of() : kinds);
        clusterKinds = kinds("clusterKinds", clusterKinds == null ? List.of() : clusterKinds);
        wave = wave == null ? Turn.SERVICES : wave;
    }

    private static List<String> kinds(String key, List<String> kinds) {
        for (int i = 0; i < kinds.size(); i++) {
            Require.kind("%s[%d]".formatted(key, i), kinds.get(i));
            Require.that(
                    !kinds.get(i).matches("argoproj\\.io/(Application|ApplicationSet|AppProject)"),
                    "%s[%d]".formatted(key, i),
                    "\"%s\" would decide what Argo CD delivers".formatted(kinds.get(i)),
                    "remove it");
        }
        return List.copyOf(kinds);
    }

    /** The turn in which it is applied. */
    public enum Turn {
        @Word("operators")
        OPERATORS,
        @Word("services")
        SERVICES
    }
}
