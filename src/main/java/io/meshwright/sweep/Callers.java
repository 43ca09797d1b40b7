package io.meshwright.sweep;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The pods of the mesh that call others, apart from proxies. */
final class Callers {
    private static final int FEW = 8;

    private final Map<String, List<Pod>> byNamespace = new TreeMap<>();

    Callers(Mesh mesh) {
        mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isOfApplication())
                .filter(pod -> pod.replicas().orElse(1) > 0)
                .forEach(pod -> byNamespace
                        .computeIfAbsent(pod.namespace(), none -> new ArrayList<>())
                        .add(pod));
    }

    Set<String> namespaces() {
        return byNamespace.keySet();
    }

    List<Pod> in(String namespace) {
        return byNamespace.getOrDefault(namespace, List.of());
    }

    /** Those of a namespace, and a few of each other one. */
    List<Pod> of(String namespace) {
        List<Pod> all = new ArrayList<>(in(namespace));
        byNamespace.forEach((other, pods) -> {
            if (!other.equals(namespace)) {
                pods.stream().limit(FEW).forEach(all::add);
            }
        });
        return all;
    }
}
