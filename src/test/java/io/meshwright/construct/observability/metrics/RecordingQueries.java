package io.meshwright.construct.observability.metrics;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The expressions of the recording rules. */
final class RecordingQueries {
    private RecordingQueries() {}

    static Stream<String> all() {
        try {
            List<String> queries = new ArrayList<>();
            for (String file : files()) {
                queries.addAll(new YAMLMapper().readTree(file).findValuesAsText("expr"));
            }
            return queries.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rule files, in an order in which each reads what those before it record. */
    static List<String> files() {
        Settings settings = Samples.watched();
        return List.of(
                RecordingRules.text(settings),
                AnomalyRules.text(settings, settings.aiOps().anomalies().orElseThrow()));
    }
}
