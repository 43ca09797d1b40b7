package io.meshwright.construct.observability.operator;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step by which a target's labels become those of its series; what is null has Prometheus' own default. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Relabeling(
        String action,
        @Nullable List<String> sourceLabels,
        @Nullable String regex,
        @Nullable String targetLabel,
        @Nullable String replacement) {
    private static final String POD = "__meta_kubernetes_pod_";

    /** Targets whose label matches, and no others. */
    public static Relabeling keep(String label, String regex) {
        return new Relabeling("keep", List.of(label), regex, null, null);
    }

    /** A label that is not empty, under another name. */
    public static Relabeling copy(String from, String to) {
        return new Relabeling("replace", List.of(from), "(.+)", to, "$1");
    }

    /** A label of this value, whatever it was. */
    public static Relabeling set(String label, String value) {
        return new Relabeling("replace", null, null, label, value);
    }

    /** Labels joined by {@code ;}, written anew where they match. */
    public static Relabeling rewrite(List<String> from, String regex, String to, String replacement) {
        return new Relabeling("replace", from, regex, to, replacement);
    }

    /** The discovery's label of what a pod has under this field, such as {@code ip}. */
    public static String pod(String field) {
        return POD + field;
    }

    /** The discovery's label of a label of the pod. */
    public static String podLabel(String name) {
        return "%slabel_%s".formatted(POD, name.replaceAll("[^a-zA-Z0-9_]", "_"));
    }

    /** The discovery's label of an annotation of the pod. */
    public static String podAnnotation(String name) {
        return "%sannotation_%s".formatted(POD, name.replaceAll("[^a-zA-Z0-9_]", "_"));
    }
}
