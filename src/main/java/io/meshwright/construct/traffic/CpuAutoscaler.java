package io.meshwright.construct.traffic;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.value.traffic.Hpa;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/** A HorizontalPodAutoscaler on CPU. */
final class CpuAutoscaler {
    private CpuAutoscaler() {}

    static ApiObject of(Construct scope, ScaleTarget target, Hpa hpa) {
        return KubernetesObject.of(
                scope,
                "Resource",
                new HorizontalPodAutoscalerBuilder()
                        .withNewMetadata()
                        .withName(target.name().toString())
                        .withNamespace(target.namespace().toString())
                        .endMetadata()
                        .withNewSpec()
                        .withNewScaleTargetRef()
                        .withApiVersion(target.apiVersion())
                        .withKind(target.kind())
                        .withName(target.name().toString())
                        .endScaleTargetRef()
                        .withMinReplicas(hpa.minReplicas())
                        .withMaxReplicas(hpa.maxReplicas())
                        .addNewMetric()
                        .withType("Resource")
                        .withNewResource()
                        .withName("cpu")
                        .withNewTarget()
                        .withType("Utilization")
                        .withAverageUtilization(hpa.cpu())
                        .endTarget()
                        .endResource()
                        .endMetric()
                        .endSpec()
                        .build());
    }
}
