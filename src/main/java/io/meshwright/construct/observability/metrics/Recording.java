package io.meshwright.construct.observability.metrics;

import io.meshwright.construct.observability.text.Section;
import java.util.Map;
import java.util.TreeMap;

/** One series that Prometheus computes and stores under a name of its own, with labels put on it. */
record Recording(String name, String expression, Map<String, String> labels) {
    Recording {
        labels = new TreeMap<>(labels);
    }

    Recording(String name, String expression) {
        this(name, expression, Map.of());
    }

    Section section() {
        return Section.of("record", name).with("expr", expression).withAny("labels", labels);
    }
}
