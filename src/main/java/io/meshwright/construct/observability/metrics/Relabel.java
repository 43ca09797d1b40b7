package io.meshwright.construct.observability.metrics;

import io.meshwright.construct.observability.text.Section;
import java.util.List;

/** One relabelling step of a scrape job, applied to a target before the scrape or to its series after it. */
final class Relabel {
    private static final String POD = "__meta_kubernetes_pod_";

    private Relabel() {}

    /** Keeps the targets whose label matches. */
    static Section keep(String label, String regex) {
        return Section.of("source_labels", List.of(label)).with("regex", regex).with("action", "keep");
    }

    static Section drop(String label, String regex) {
        return Section.of("source_labels", List.of(label)).with("regex", regex).with("action", "drop");
    }

    /** Copies a label that is not empty. */
    static Section copy(String from, String to) {
        return Section.of("source_labels", List.of(from)).with("regex", "(.+)").with("target_label", to);
    }

    static Section set(String label, String value) {
        return Section.of("target_label", label).with("replacement", value);
    }

    /** Joins labels by {@code ;} and writes what the expression makes of them, if it matches. */
    static Section rewrite(List<String> from, String regex, String to, String replacement) {
        return Section.of("source_labels", from)
                .with("regex", regex)
                .with("target_label", to)
                .with("replacement", replacement);
    }

    /** Label of the pod's own label {@code name}, as the Kubernetes discovery writes it. */
    static String podLabel(String name) {
        return POD + "label_" + name.replaceAll("[^a-zA-Z0-9_]", "_");
    }

    static String podAnnotation(String name) {
        return POD + "annotation_" + name.replaceAll("[^a-zA-Z0-9_]", "_");
    }
}
