package io.meshwright.construct;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.construct.pod.Pod;
import io.meshwright.value.Name;
import java.util.Map;
import java.util.TreeMap;
import software.constructs.Construct;

/**
 * Makes the objects that pods need, whoever runs them: a service account without a mounted token, a disruption budget.
 */
public final class PodFoundation {
    private final Construct scope;
    private final Name namespace;
    private final Pod pod;

    public PodFoundation(Construct scope, Name namespace, Pod pod) {
        this.scope = scope;
        this.namespace = namespace;
        this.pod = pod;
    }

    public void serviceAccount() {
        KubernetesObject.of(
                scope,
                "service-account",
                new ServiceAccountBuilder()
                        .withMetadata(metadata(pod.serviceAccount()))
                        .withAutomountServiceAccountToken(false)
                        .build());
    }

    /** Evictions take one pod at a time. */
    public void budget(Name name, Map<String, String> selector) {
        KubernetesObject.of(
                scope,
                "budget",
                new PodDisruptionBudgetBuilder()
                        .withMetadata(metadata(name.toString()))
                        .withNewSpec()
                        .withMaxUnavailable(new IntOrString(1))
                        .withSelector(new LabelSelector(null, new TreeMap<>(selector)))
                        .endSpec()
                        .build());
    }

    /** Labelled as the pods are, {@code app} and {@code version}. */
    public ObjectMeta metadata(String name) {
        var labels = new TreeMap<String, String>();
        labels.put("app", pod.labels().get("app"));
        String version = pod.labels().get("version");
        if (version != null) {
            labels.put("version", version);
        }
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(namespace.toString())
                .withLabels(labels)
                .build();
    }
}
