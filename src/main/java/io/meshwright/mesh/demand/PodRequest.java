package io.meshwright.mesh.demand;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.install.SidecarTemplate;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.value.istio.IstioAnnotations;
import java.util.ArrayList;
import java.util.List;

/**
 * The amount that the scheduler reserves for a pod: the sum of its containers, or more while an init container asks for
 * more than that (kubernetes.io, "Resource sharing within containers").
 */
final class PodRequest {
    private static final String PROXY = "istio-proxy";
    private static final List<String> ANNOTATIONS = List.of(
            IstioAnnotations.PROXY_CPU,
            IstioAnnotations.PROXY_CPU_LIMIT,
            IstioAnnotations.PROXY_MEMORY,
            IstioAnnotations.PROXY_MEMORY_LIMIT);

    /** Of a sidecar about which a control plane's values are silent (manifests/charts/istio-control, values.yaml). */
    private static final JsonNode CHARTS_OWN = node(
            "requests", JsonNodeFactory.instance.objectNode().put("cpu", "100m").put("memory", "128Mi"));

    private final List<SidecarTemplate> templates;

    PodRequest(List<SidecarTemplate> templates) {
        this.templates = templates;
    }

    Amount of(Pod pod) {
        JsonNode spec = pod.spec();
        Amount running = sidecar(pod);
        for (JsonNode container : Fields.items(spec.path("containers"))) {
            running = running.plus(requested(container));
        }
        Amount started = Amount.NONE;
        Amount most = Amount.NONE;
        for (JsonNode container : Fields.items(spec.path("initContainers"))) {
            Amount own = requested(container);
            if (container.path("restartPolicy").asText("").equals("Always")) {
                started = started.plus(own);
            } else {
                most = most.larger(started.plus(own));
            }
        }
        return running.plus(started).larger(most).plus(Amount.of(spec.path("overhead")));
    }

    private static Amount requested(JsonNode container) {
        return Amount.requested(container.path("resources"));
    }

    /** The amount that injection adds to what the pod says of its proxy itself. */
    private Amount sidecar(Pod pod) {
        if (!pod.proxy().isSidecar() || saysItself(pod)) {
            return Amount.NONE;
        }
        boolean annotated = ANNOTATIONS.stream().anyMatch(pod.annotations()::containsKey);
        // One annotation is enough to leave all of the chart's values out (injection-template.yaml, "resources").
        return annotated ? Amount.requested(annotated(pod)) : ofTemplates();
    }

    private static boolean saysItself(Pod pod) {
        List<JsonNode> containers = new ArrayList<>(Fields.items(pod.spec().path("containers")));
        containers.addAll(Fields.items(pod.spec().path("initContainers")));
        return containers.stream()
                .anyMatch(container -> container.path("name").asText("").equals(PROXY)
                        && !container.path("resources").isEmpty());
    }

    private static JsonNode annotated(Pod pod) {
        ObjectNode requests = JsonNodeFactory.instance.objectNode();
        ObjectNode limits = JsonNodeFactory.instance.objectNode();
        put(pod, IstioAnnotations.PROXY_CPU, "cpu", requests);
        put(pod, IstioAnnotations.PROXY_MEMORY, "memory", requests);
        put(pod, IstioAnnotations.PROXY_CPU_LIMIT, "cpu", limits);
        put(pod, IstioAnnotations.PROXY_MEMORY_LIMIT, "memory", limits);
        ObjectNode resources = JsonNodeFactory.instance.objectNode();
        resources.set("requests", requests);
        resources.set("limits", limits);
        return resources;
    }

    private static void put(Pod pod, String annotation, String key, ObjectNode into) {
        String value = pod.annotations().get(annotation);
        if (value != null) {
            into.put(key, value);
        }
    }

    /** Of several control planes that which asks for least: who injects which pod is not asked here. */
    private Amount ofTemplates() {
        return templates.stream()
                .map(template -> template.values().at("/global/proxy/resources"))
                .map(resources -> resources.isEmpty() ? CHARTS_OWN : resources)
                .map(Amount::requested)
                .reduce((one, other) ->
                        new Amount(one.cpu().min(other.cpu()), one.memory().min(other.memory())))
                .orElse(Amount.NONE);
    }

    private static JsonNode node(String key, JsonNode value) {
        return JsonNodeFactory.instance.objectNode().set(key, value);
    }
}
