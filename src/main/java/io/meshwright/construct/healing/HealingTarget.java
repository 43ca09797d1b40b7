package io.meshwright.construct.healing;

import io.meshwright.value.ArgoNames;
import io.meshwright.value.Name;
import io.meshwright.value.healing.HealingAlert;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A workload on which an action may be taken, as a plan lists it.
 *
 * @param namespace of service and workload
 * @param service as Istio's metrics name it
 * @param resource of the API server that the action is about
 * @param name of the object of that resource
 * @param selector labels of its pods
 * @param alerts that may start the action
 * @param least number of pods: of an autoscaler the declared minimum, of pods how many others must be ready
 * @param most up to which an autoscaler's minimum may be moved
 */
public record HealingTarget(
        Name namespace,
        Name service,
        Resource resource,
        Name name,
        Map<String, String> selector,
        List<HealingAlert> alerts,
        int least,
        int most) {
    public HealingTarget {
        selector = new TreeMap<>(selector);
        alerts = List.copyOf(alerts);
    }

    /** The keys of a target in a plan. */
    Map<String, Object> plan(String application) {
        Map<String, Object> plan = new LinkedHashMap<>();
        plan.put("namespace", namespace.toString());
        plan.put("service", service.toString());
        plan.put("resource", "%s/%s".formatted(resource.apiVersion, resource.plural));
        plan.put("name", name.toString());
        plan.put("selector", selector);
        plan.put("application", application);
        plan.put("least", least);
        plan.put("most", most);
        plan.put(
                "alerts",
                alerts.stream().map(HealingAlert::alertName).sorted().distinct().toList());
        return plan;
    }

    /** Kinds of objects that an action is about. */
    public enum Resource {
        ROLLOUT(ArgoNames.API_VERSION, "rollouts"),
        DEPLOYMENT("apps/v1", "deployments"),
        STATEFUL_SET("apps/v1", "statefulsets"),
        AUTOSCALER("autoscaling/v2", "horizontalpodautoscalers"),
        SCALED_OBJECT("keda.sh/v1alpha1", "scaledobjects");

        private final String apiVersion;
        private final String plural;

        Resource(String apiVersion, String plural) {
            this.apiVersion = apiVersion;
            this.plural = plural;
        }

        String group() {
            return apiVersion.substring(0, apiVersion.indexOf('/'));
        }

        String plural() {
            return plural;
        }
    }
}
