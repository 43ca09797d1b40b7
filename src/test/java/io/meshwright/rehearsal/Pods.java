package io.meshwright.rehearsal;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;

/** Pods that are wanted and are not there, and why. */
record Pods(KubernetesClient client) {
    /** What Pod Security refused so far: {@code namespace/owner: message}. */
    List<String> refused() {
        return client.v1().events().inAnyNamespace().list().getItems().stream()
                .filter(event -> "FailedCreate".equals(event.getReason()))
                .filter(event -> event.getMessage().contains("violates PodSecurity"))
                .map(Pods::told)
                .distinct()
                .sorted()
                .toList();
    }

    /** Which ReplicaSets, StatefulSets and DaemonSets have fewer running pods than they want. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (ReplicaSet set :
                client.apps().replicaSets().inAnyNamespace().list().getItems()) {
            compare(missing, set, set.getSpec().getReplicas(), set.getStatus().getReadyReplicas());
        }
        for (StatefulSet set :
                client.apps().statefulSets().inAnyNamespace().list().getItems()) {
            compare(missing, set, set.getSpec().getReplicas(), set.getStatus().getReadyReplicas());
        }
        for (DaemonSet set : client.apps().daemonSets().inAnyNamespace().list().getItems()) {
            compare(
                    missing,
                    set,
                    set.getStatus().getDesiredNumberScheduled(),
                    set.getStatus().getNumberReady());
        }
        return missing.stream().sorted().toList();
    }

    /** Deletes every pod at once, as the loss of all nodes would. */
    void deleteAll() {
        client.namespaces()
                .list()
                .getItems()
                .forEach(namespace -> client.pods()
                        .inNamespace(namespace.getMetadata().getName())
                        .withGracePeriod(0)
                        .delete());
    }

    private static void compare(List<String> missing, HasMetadata set, Integer wanted, Integer ready) {
        int has = ready == null ? 0 : ready;
        if (wanted != null && has < wanted) {
            missing.add("%s %s/%s: %d of %d pods"
                    .formatted(
                            set.getKind(),
                            set.getMetadata().getNamespace(),
                            set.getMetadata().getName(),
                            has,
                            wanted));
        }
    }

    private static String told(Event event) {
        return "%s/%s: %s"
                .formatted(
                        event.getInvolvedObject().getNamespace(),
                        event.getInvolvedObject().getName(),
                        event.getMessage());
    }
}
