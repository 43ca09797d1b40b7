package io.meshwright.construct.traffic;

import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.value.ArgoNames;
import io.meshwright.value.traffic.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The Rollout as the ordered map that its YAML is: its binding's pod types are not those of our pods. */
final class RolloutObject {
    private final ProgressiveRollout.Props props;
    private final String analysisTemplate;

    RolloutObject(ProgressiveRollout.Props props, String analysisTemplate) {
        this.props = props;
        this.analysisTemplate = analysisTemplate;
    }

    Map<String, Object> render() {
        Map<String, Object> spec = new LinkedHashMap<>();
        if (!props.autoscaled()) {
            spec.put("replicas", props.replicas());
        }
        spec.put("revisionHistoryLimit", 3);
        // A version that never gets ready goes back by itself too.
        spec.put("progressDeadlineSeconds", 600);
        spec.put("progressDeadlineAbort", true);
        spec.put("selector", Map.of("matchLabels", props.pod().selector()));
        spec.put("template", KubernetesObject.map(props.pod().render()));
        spec.put("strategy", Map.of("canary", canary()));
        Map<String, Object> rollout = new LinkedHashMap<>();
        rollout.put("apiVersion", ArgoNames.API_VERSION);
        rollout.put("kind", "Rollout");
        rollout.put("metadata", metadata());
        rollout.put("spec", spec);
        return rollout;
    }

    private Map<String, Object> metadata() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", props.name().toString());
        metadata.put("namespace", props.namespace().toString());
        metadata.put("labels", props.pod().selector());
        return metadata;
    }

    private Map<String, Object> canary() {
        Map<String, Object> canary = new LinkedHashMap<>();
        canary.put("maxSurge", 1);
        canary.put("maxUnavailable", 0);
        canary.put("trafficRouting", Map.of("istio", istio()));
        canary.put("analysis", analysis());
        canary.put("steps", steps());
        return canary;
    }

    private Map<String, Object> istio() {
        Map<String, Object> subsets = new LinkedHashMap<>();
        subsets.put("name", props.destinationRule().toString());
        subsets.put("stableSubsetName", Subsets.STABLE);
        subsets.put("canarySubsetName", Subsets.CANARY);
        Map<String, Object> istio = new LinkedHashMap<>();
        List<Map<String, Object>> services =
                props.routes().stream().map(this::virtualService).toList();
        istio.put(
                services.size() == 1 ? "virtualService" : "virtualServices",
                services.size() == 1 ? services.get(0) : services);
        istio.put("destinationRule", subsets);
        return istio;
    }

    // Named routes only: without names the controller takes whichever route it finds first.
    private Map<String, Object> virtualService(ManagedRoutes managed) {
        Map<String, Object> service = new LinkedHashMap<>();
        service.put(
                "name",
                managed.namespace().equals(props.namespace())
                        ? managed.virtualService().toString()
                        : "%s.%s".formatted(managed.virtualService(), managed.namespace()));
        service.put("routes", managed.routes());
        return service;
    }

    // From the first step on and until the last: a failure at any weight, in a manual pause too, takes all traffic
    // back.
    private Map<String, Object> analysis() {
        Map<String, Object> analysis = new LinkedHashMap<>();
        analysis.put("startingStep", 1);
        analysis.put("templates", List.of(Map.of("templateName", analysisTemplate)));
        analysis.put("args", List.of(hash(CanaryQueries.CANARY, "Latest"), hash(CanaryQueries.STABLE, "Stable")));
        return analysis;
    }

    private static Map<String, Object> hash(String argument, String side) {
        Map<String, Object> hash = new LinkedHashMap<>();
        hash.put("name", argument);
        hash.put("valueFrom", Map.of("podTemplateHashValue", side));
        return hash;
    }

    private List<Map<String, Object>> steps() {
        List<Map<String, Object>> steps = new ArrayList<>();
        for (Step step : props.release().steps()) {
            steps.add(Map.of("setWeight", step.weight().value()));
            steps.add(Map.of(
                    "pause",
                    step.approve() ? Map.of() : Map.of("duration", step.pause().toString())));
        }
        return steps;
    }
}
