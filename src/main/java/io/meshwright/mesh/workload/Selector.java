package io.meshwright.mesh.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Labels that something must carry; without any it selects everything. */
public record Selector(Map<String, String> labels, List<Expression> expressions) {
    /** One requirement of a Kubernetes label selector: In, NotIn, Exists or DoesNotExist. */
    public record Expression(String key, String operator, List<String> values) {
        boolean holds(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case "In" -> value != null && values.contains(value);
                case "NotIn" -> value == null || !values.contains(value);
                case "Exists" -> value != null;
                case "DoesNotExist" -> value == null;
                default -> false;
            };
        }
    }

    /** Labels that must all be there with these values. */
    public static Selector of(Map<String, String> labels) {
        return new Selector(labels, List.of());
    }

    /** A mapping of labels such as a Service's selector. */
    public static Selector labels(JsonNode labels) {
        return of(Fields.strings(labels));
    }

    /** A selector of Istio's or Kubernetes' with matchLabels and matchExpressions. */
    public static Selector of(JsonNode selector) {
        List<Expression> expressions = new ArrayList<>();
        for (JsonNode expression : Fields.items(selector.path("matchExpressions"))) {
            expressions.add(new Expression(
                    expression.path("key").asText(),
                    expression.path("operator").asText(),
                    Fields.texts(expression.path("values"))));
        }
        return new Selector(Fields.strings(selector.path("matchLabels")), List.copyOf(expressions));
    }

    /** A label with its value in a namespace, under which an index finds it. */
    static String key(String namespace, String label, String value) {
        return namespace.concat(" ").concat(label).concat("=").concat(value);
    }

    /** The key of one label that everything it selects carries; that of no label where it demands none for certain. */
    String key(String namespace) {
        return labels.entrySet().stream()
                .filter(label -> !Pod.isRunTimeLabel(label.getKey()))
                .findFirst()
                .map(label -> key(namespace, label.getKey(), label.getValue()))
                .orElseGet(() -> key(namespace, "", ""));
    }

    public boolean isEmpty() {
        return labels.isEmpty() && expressions.isEmpty();
    }

    public boolean selects(Map<String, String> candidate) {
        for (Map.Entry<String, String> label : labels.entrySet()) {
            if (!label.getValue().equals(candidate.get(label.getKey()))) {
                return false;
            }
        }
        return expressions.isEmpty() || expressions.stream().allMatch(expression -> expression.holds(candidate));
    }

    /** True if one set of labels could satisfy both. */
    public boolean compatible(Selector other) {
        return labels.entrySet().stream()
                .allMatch(label -> other.labels
                        .getOrDefault(label.getKey(), label.getValue())
                        .equals(label.getValue()));
    }
}
