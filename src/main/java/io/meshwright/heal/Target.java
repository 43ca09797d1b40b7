package io.meshwright.heal;

import io.meshwright.value.ArgoNames;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A workload on which an action may be taken.
 *
 * @param namespace of service and workload
 * @param service as Istio's metrics name it
 * @param resource of the API server, with group and version: {@code argoproj.io/v1alpha1/rollouts}
 * @param name of the object of that resource; of pods, of the workload that makes them
 * @param selector labels of its pods
 * @param alerts that may start the action
 * @param application of Argo CD that delivers it
 * @param least number of pods: of an autoscaler the minimum that Git declares; of pods how many must stay ready, from 1
 * @param most up to which an autoscaler's minimum may be moved
 */
record Target(
        String namespace,
        String service,
        String resource,
        String name,
        Map<String, String> selector,
        Set<String> alerts,
        String application,
        int least,
        int most) {
    static final String ROLLOUTS = ArgoNames.API_VERSION + "/rollouts";

    Target {
        selector = new TreeMap<>(selector);
        alerts = new TreeSet<>(alerts);
    }

    /** Returns the address of the object at the API server. */
    String path() {
        return "/apis/%s/namespaces/%s/%s/%s"
                .formatted(resource.substring(0, resource.lastIndexOf('/')), namespace, kind(), name);
    }

    /** Returns the resource without its group. */
    String kind() {
        return resource.substring(resource.lastIndexOf('/') + 1);
    }

    String labelSelector() {
        return selector.entrySet().stream()
                .map(label -> "%s=%s".formatted(label.getKey(), label.getValue()))
                .collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return "%s/%s".formatted(namespace, name);
    }
}
