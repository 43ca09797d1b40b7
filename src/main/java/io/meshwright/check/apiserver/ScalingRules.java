package io.meshwright.check.apiserver;

import io.meshwright.check.admission.field.Field;
import java.util.List;
import java.util.Map;

/** Autoscalers and disruption budgets (autoscaling/validation, policy/validation). */
final class ScalingRules {
    private static final Map<String, String> SOURCES = Map.of(
            "Resource",
            "resource",
            "Pods",
            "pods",
            "Object",
            "object",
            "External",
            "external",
            "ContainerResource",
            "containerResource");

    private ScalingRules() {}

    static void autoscaler(Field spec) {
        Limits.atLeast(spec.at("maxReplicas"), 1);
        Limits.atLeast(spec.at("minReplicas"), 0);
        if (spec.at("minReplicas").number() > spec.at("maxReplicas").number()
                && spec.at("maxReplicas").number() > 0) {
            spec.at("maxReplicas")
                    .refuse(
                            "%d is less than minReplicas, %d"
                                    .formatted(
                                            spec.at("maxReplicas").number(),
                                            spec.at("minReplicas").number()),
                            "Write at least as many.");
        }
        for (Field metric : spec.at("metrics").items()) {
            String source = SOURCES.get(metric.at("type").text());
            if (source == null) {
                metric.at("type")
                        .refuse(
                                "\"%s\" is no type of a metric"
                                        .formatted(metric.at("type").text()),
                                "Write Resource, ContainerResource, Pods, Object or External.");
            } else if (!metric.at(source).isSet()) {
                metric.refuse(
                        "the metric of type %s has no %s"
                                .formatted(metric.at("type").text(), source),
                        "Write %s.".formatted(source));
            } else {
                target(metric.at(source).at("target").at("type"));
                SOURCES.values().stream()
                        .sorted()
                        .filter(other ->
                                !other.equals(source) && metric.at(other).isSet())
                        .forEach(other -> metric.at(other).refuse("the metric is of another type", "Remove it."));
            }
        }
    }

    private static void target(Field type) {
        if (type.isSet() && !List.of("Utilization", "Value", "AverageValue").contains(type.text())) {
            type.refuse(
                    "\"%s\" is no type of a target".formatted(type.text()),
                    "Write Utilization, Value or AverageValue.");
        }
    }

    static void budget(Field spec) {
        Limits.share(spec.at("minAvailable"));
        Limits.share(spec.at("maxUnavailable"));
        if (spec.at("minAvailable").isSet() && spec.at("maxUnavailable").isSet()) {
            spec.refuse("minAvailable and maxUnavailable do not go together", "Write one.");
        }
        Selectors.selector(spec.at("selector"));
    }
}
