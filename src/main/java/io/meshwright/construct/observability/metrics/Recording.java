package io.meshwright.construct.observability.metrics;

import io.meshwright.construct.observability.text.Section;

/** One series that Prometheus computes and stores under a name of its own. */
record Recording(String name, String expression) {
    Section section() {
        return Section.of("record", name).with("expr", expression);
    }
}
