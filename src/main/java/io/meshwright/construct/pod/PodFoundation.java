package io.meshwright.construct.pod;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.value.Name;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.constructs.Construct;

/**
 * Makes the objects that pods need, whoever runs them: a service account without a mounted token, a disruption budget.
 */
public final class PodFoundation {
    private final Construct scope;
    private final Name namespace;
    private final Map<String, String> labels;
    private final String serviceAccount;
    private final Map<String, String> identity;

    public PodFoundation(Construct scope, Name namespace, Pod pod) {
        this(scope, namespace, names(pod.labels()), pod.serviceAccount(), pod.accountAnnotations());
    }

    /**
     * Of pods that are no {@link Pod}.
     *
     * @param labels of the objects
     * @param serviceAccount that the pods name
     * @param identity annotations of the service account, by which a cloud knows it
     */
    public PodFoundation(
            Construct scope,
            Name namespace,
            Map<String, String> labels,
            String serviceAccount,
            Map<String, String> identity) {
        this.scope = scope;
        this.namespace = namespace;
        this.labels = new TreeMap<>(labels);
        this.serviceAccount = serviceAccount;
        this.identity = new TreeMap<>(identity);
    }

    /** {@code app} and {@code version}. */
    private static Map<String, String> names(Map<String, String> labels) {
        Map<String, String> names = new TreeMap<>(labels);
        names.keySet().retainAll(List.of("app", "version"));
        return names;
    }

    public void serviceAccount() {
        KubernetesObject.of(
                scope,
                "service-account",
                new ServiceAccountBuilder()
                        .withMetadata(account())
                        .withAutomountServiceAccountToken(false)
                        .build());
    }

    private ObjectMeta account() {
        ObjectMeta metadata = metadata(serviceAccount);
        if (!identity.isEmpty()) {
            metadata.setAnnotations(identity);
        }
        return metadata;
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
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(namespace.toString())
                .withLabels(new TreeMap<>(labels))
                .build();
    }
}
