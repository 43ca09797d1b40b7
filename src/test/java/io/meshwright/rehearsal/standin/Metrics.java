package io.meshwright.rehearsal.standin;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;

/**
 * Stands in for the metrics server: every pod idles, so that autoscalers stay at their minimum. Without it Argo CD
 * calls an autoscaler Degraded. Its API is a definition here, which answers the same requests as the real one's server.
 */
public final class Metrics implements StandIn {
    private static final String GROUP = "metrics.k8s.io";
    private static final String VERSION = "v1beta1";
    private static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder()
            .withGroup(GROUP)
            .withVersion(VERSION)
            .withKind("PodMetrics")
            .withPlural("pods")
            .withNamespaced(true)
            .build();
    /** Later than any pod begins: what was measured before counts for nothing. */
    private static final String MEASURED = "2099-01-01T00:00:00Z";

    private boolean defined;

    @Override
    public void act(KubernetesClient client) {
        if (!defined) {
            define(client);
            defined = true;
            return;
        }
        List<String> known = client.genericKubernetesResources(KIND).inAnyNamespace().list().getItems().stream()
                .map(each -> key(
                        each.getMetadata().getNamespace(), each.getMetadata().getName()))
                .toList();
        client.pods().inAnyNamespace().list().getItems().stream()
                .filter(pod -> !known.contains(
                        key(pod.getMetadata().getNamespace(), pod.getMetadata().getName())))
                .forEach(pod -> client.genericKubernetesResources(KIND)
                        .resource(measured(pod))
                        .create());
    }

    private static String key(String namespace, String name) {
        return "%s/%s".formatted(namespace, name);
    }

    /** It goes with its pod. */
    private static GenericKubernetesResource measured(Pod pod) {
        List<Map<String, Object>> containers = pod.getSpec().getContainers().stream()
                .map(container -> Map.of("name", container.getName(), "usage", Map.of("cpu", "1m", "memory", "1Mi")))
                .map(Map::<String, Object>copyOf)
                .toList();
        return new GenericKubernetesResourceBuilder()
                .withApiVersion("%s/%s".formatted(GROUP, VERSION))
                .withKind(KIND.getKind())
                .withNewMetadata()
                .withNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .withLabels(pod.getMetadata().getLabels())
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(pod.getMetadata().getName())
                .withUid(pod.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata()
                .addToAdditionalProperties("timestamp", MEASURED)
                .addToAdditionalProperties("window", "0s")
                .addToAdditionalProperties("containers", containers)
                .build();
    }

    private static void define(KubernetesClient client) {
        client.resource(new CustomResourceDefinitionBuilder()
                        .withNewMetadata()
                        .withName("pods.%s".formatted(GROUP))
                        .addToAnnotations("api-approved.kubernetes.io", "unapproved, for a rehearsal")
                        .endMetadata()
                        .withNewSpec()
                        .withGroup(GROUP)
                        .withScope("Namespaced")
                        .withNewNames()
                        .withKind(KIND.getKind())
                        .withPlural("pods")
                        .endNames()
                        .addNewVersion()
                        .withName(VERSION)
                        .withServed(true)
                        .withStorage(true)
                        .withNewSchema()
                        .withNewOpenAPIV3Schema()
                        .withType("object")
                        .withXKubernetesPreserveUnknownFields(true)
                        .endOpenAPIV3Schema()
                        .endSchema()
                        .endVersion()
                        .endSpec()
                        .build())
                .create();
    }
}
