package io.meshwright.construct.observability.metrics;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.construct.observability.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;

/** The expressions of the recording rules. */
final class RecordingQueries {
    private RecordingQueries() {}

    static Stream<String> all() {
        try {
            return new YAMLMapper().readTree(RecordingRules.text(Samples.subPaths())).findValuesAsText("expr").stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
