package io.meshwright.advise.snapshot;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The answers of Prometheus at one time.
 *
 * @param days over which was measured
 * @param time when, in seconds since 1970
 * @param answers the samples by the name of the query; each query of the environment has its entry
 */
public record Snapshot(int days, long time, Map<String, List<Sample>> answers) {
    public Snapshot {
        answers = Map.copyOf(answers);
    }

    /** The samples of an answer about which something holds. */
    public List<Sample> of(String query, Predicate<Sample> wanted) {
        return answers.getOrDefault(query, List.of()).stream().filter(wanted).toList();
    }
}
