package io.meshwright.advise.snapshot;

import com.fasterxml.jackson.databind.node.TextNode;
import io.meshwright.environment.Observability;
import io.meshwright.value.telemetry.PrometheusPart;
import java.util.ArrayList;
import java.util.List;

/** The shell script that takes a snapshot with curl: one question after the other, all about the same moment. */
public final class SnapshotScript {
    private static final String BEGINNING = """
        #!/bin/sh
        # Takes a snapshot of the last %2$d days of %1$s, for: meshwright advise --env %1$s snapshot.json
        # It only reads. Prometheus may be brought here first, by a second terminal:
        #   kubectl port-forward --namespace %3$s
        # Then: PROMETHEUS=http://localhost:9090%5$s sh this-file > snapshot.json
        set -eu
        prometheus=${PROMETHEUS:?is not set; give the address of Prometheus, such as http://localhost:9090}
        now=$(date +%%s)

        ask() {
          curl --silent --show-error --fail --max-time 120 --max-filesize %4$d --get \\
            "$prometheus/api/v1/query" --data-urlencode "time=$now" --data-urlencode "query=$1"
        }

        printf '{"environment": "%1$s", "days": %2$d, "time": %%s, "results": [\\n' "$now"
        """;

    private SnapshotScript() {}

    /**
     * The text of the script.
     *
     * @param observability which says where Prometheus is
     */
    public static String of(String environment, int days, Observability observability, List<Query> queries) {
        List<String> parts = new ArrayList<>();
        for (Query query : queries) {
            // No PromQL of ours has a single quote.
            parts.add("""
                printf '%%s' '{"name": "%1$s", "range": "%2$dd", "query": %3$s, "answer": '
                ask '%4$s'
                """.formatted(query.name(), days, TextNode.valueOf(query.text()), query.text()));
        }
        String path = observability
                .parts()
                .existingPrometheus()
                .map(PrometheusPart.Existing::path)
                .orElse("");
        return BEGINNING.formatted(environment, days, forwarded(observability), SnapshotReader.LARGEST, path)
                + "\n"
                + String.join("printf '},\\n'\n\n", parts)
                + "printf '}\\n]}\\n'\n";
    }

    private static String forwarded(Observability observability) {
        return observability
                .parts()
                .existingPrometheus()
                .map(existing -> "%s service/%s 9090%s"
                        .formatted(
                                existing.namespace(),
                                existing.service(),
                                existing.port().value() == 9090 ? "" : ":%s".formatted(existing.port())))
                .orElseGet(() -> "%s service/prometheus 9090".formatted(observability.namespace()));
    }
}
