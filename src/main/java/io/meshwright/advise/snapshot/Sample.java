package io.meshwright.advise.snapshot;

import java.util.Map;
import java.util.TreeMap;

/** One number of an answer, and what it is about. */
public record Sample(Map<String, String> labels, double value) {
    public Sample {
        labels = new TreeMap<>(labels);
    }

    /** A label; empty where there is none, as Prometheus has it. */
    public String label(String name) {
        return labels.getOrDefault(name, "");
    }
}
