package io.meshwright.rehearsal.standin;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;

/** Stands in for controllers whose answer is a condition: what they look after turns Ready, once. */
public final class Readiness implements StandIn {
    private final List<ResourceDefinitionContext> kinds;

    private Readiness(List<ResourceDefinitionContext> kinds) {
        this.kinds = kinds;
    }

    /** For cert-manager and the issuer behind it: certificates are issued. */
    public static Readiness certificates() {
        return new Readiness(List.of(
                kind("cert-manager.io", "v1", "clusterissuers", false),
                kind("cert-manager.io", "v1", "issuers", true),
                kind("cert-manager.io", "v1", "certificates", true)));
    }

    /** For External Secrets and the store behind it: values are synced. */
    public static Readiness externalSecrets() {
        return new Readiness(List.of(
                kind("external-secrets.io", "v1", "clustersecretstores", false),
                kind("external-secrets.io", "v1", "secretstores", true),
                kind("external-secrets.io", "v1", "externalsecrets", true)));
    }

    /** For KEDA: its triggers answer. What follows from them, the HorizontalPodAutoscaler, nobody makes. */
    public static Readiness autoscalers() {
        return new Readiness(List.of(kind("keda.sh", "v1alpha1", "scaledobjects", true)));
    }

    @Override
    public void act(KubernetesClient client) {
        for (ResourceDefinitionContext kind : kinds) {
            for (GenericKubernetesResource each : list(client, kind)) {
                if (each.get("status", "conditions") == null) {
                    each.setAdditionalProperty(
                            "status",
                            Map.of(
                                    "conditions",
                                    List.of(Map.of(
                                            "type",
                                            "Ready",
                                            "status",
                                            "True",
                                            "reason",
                                            "Rehearsal",
                                            "lastTransitionTime",
                                            "2026-01-01T00:00:00Z"))));
                    client.genericKubernetesResources(kind).resource(each).patchStatus();
                }
            }
        }
    }

    /** Empty as long as the kind is not defined. */
    private static List<GenericKubernetesResource> list(KubernetesClient client, ResourceDefinitionContext kind) {
        try {
            return client.genericKubernetesResources(kind)
                    .inAnyNamespace()
                    .list()
                    .getItems();
        } catch (KubernetesClientException e) {
            if (e.getCode() == 404) {
                return List.of();
            }
            throw e;
        }
    }

    private static ResourceDefinitionContext kind(String group, String version, String plural, boolean namespaced) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
    }
}
