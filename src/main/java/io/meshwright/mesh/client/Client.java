package io.meshwright.mesh.client;

import io.meshwright.mesh.workload.Pod;
import java.util.Map;

/** A calling proxy by its pod: Istio looks routes and rules up by its namespace and labels. */
public record Client(String namespace, Map<String, String> labels) {
    public static Client of(Pod pod) {
        return new Client(pod.namespace(), pod.labels());
    }
}
