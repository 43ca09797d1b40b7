package io.meshwright.construct.delivery.chart;

import io.meshwright.value.workload.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of the argo-rollouts chart: a controller that shifts traffic by Istio's objects and no other mesh's. */
public record ArgoRolloutsValues(Replicas replicas, Resources resources) implements ChartValues {
    private static final List<String> OTHERS = List.of(
            "smi",
            "ambassador",
            "awsLoadBalancerController",
            "awsAppMesh",
            "traefik",
            "apisix",
            "contour",
            "glooPlatform",
            "gatewayAPI");

    @Override
    public Map<String, Object> values() {
        Map<String, Object> providers = new LinkedHashMap<>();
        providers.put("istio", true);
        OTHERS.forEach(other -> providers.put(other, false));
        return new ValueTree()
                .put("installCRDs", true)
                .put("keepCRDs", true)
                .put("controller.replicas", replicas.least())
                // Left alone it reads and writes VirtualServices as v1alpha3 [argo-rollouts, utils/defaults at v1.9.0].
                .put("controller.extraArgs", List.of("--istio-api-version=v1"))
                .putIf(replicas.several(), "controller.pdb.enabled", true)
                .putIf(replicas.several(), "controller.pdb.minAvailable", 1)
                .resources("controller.resources", resources)
                .put("podSecurityContext.runAsNonRoot", true)
                .put("podSecurityContext.seccompProfile.type", "RuntimeDefault")
                .put("providerRBAC.providers", providers)
                .put("dashboard.enabled", false)
                .toMap();
    }
}
