package io.meshwright.plan.security;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The leave that pods are given on their node beyond the restricted Pod Security Standard, and what their namespace
 * enforces; only of pods and namespaces that both sides have, since a new one is told as an object.
 */
final class PodLeave {
    private static final String ENFORCE = "pod-security.kubernetes.io/enforce";
    private static final List<String> LEVELS = List.of("privileged", "baseline", "restricted");

    private PodLeave() {}

    static List<Change> changes(Mesh before, Mesh after) {
        List<Change> changes = new ArrayList<>();
        Map<String, Set<String>> old = leaves(before);
        leaves(after).forEach((pod, leaves) -> {
            Set<String> had = old.get(pod);
            if (had != null) {
                leaves.stream()
                        .filter(leave -> !had.contains(leave))
                        .forEach(leave -> changes.add(ChangeRule.POD_LOOSER.of(pod, leave)));
                had.stream()
                        .filter(leave -> !leaves.contains(leave))
                        .forEach(leave -> changes.add(ChangeRule.POD_STRICTER.of(pod, "no longer: ".concat(leave))));
            }
        });
        namespaces(before, after, changes);
        return changes;
    }

    private static void namespaces(Mesh before, Mesh after, List<Change> changes) {
        after.manifests()
                .kind(Kind.NAMESPACE)
                .forEach(namespace -> before.manifests()
                        .find(Kind.NAMESPACE, namespace.name())
                        .ifPresent(old -> {
                            String was = old.labels().getOrDefault(ENFORCE, LEVELS.get(0));
                            String is = namespace.labels().getOrDefault(ENFORCE, LEVELS.get(0));
                            if (!was.equals(is)) {
                                boolean looser = LEVELS.indexOf(is) < LEVELS.indexOf(was);
                                changes.add((looser ? ChangeRule.POD_LOOSER : ChangeRule.POD_STRICTER)
                                        .of(
                                                namespace.toString(),
                                                "its pods were held to the level %s, are to %s".formatted(was, is)));
                            }
                        }));
    }

    private static Map<String, Set<String>> leaves(Mesh mesh) {
        Map<String, Set<String>> leaves = new TreeMap<>();
        for (Pod pod : mesh.pods().all()) {
            if (pod.spec().isObject()) {
                leaves.put(pod.toString(), of(pod.spec()));
            }
        }
        return leaves;
    }

    private static Set<String> of(JsonNode spec) {
        Set<String> leaves = new TreeSet<>();
        for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
            if (spec.path(host).asBoolean(false)) {
                leaves.add("uses the node's own (%s)".formatted(host));
            }
        }
        Fields.items(spec.path("volumes")).stream()
                .filter(volume -> volume.has("hostPath"))
                .forEach(volume -> leaves.add("mounts the node's folder %s"
                        .formatted(volume.at("/hostPath/path").asText())));
        boolean nonRoot = spec.at("/securityContext/runAsNonRoot").asBoolean(false);
        for (String list : List.of("containers", "initContainers")) {
            Fields.items(spec.path(list)).forEach(container -> container(container, nonRoot, leaves));
        }
        return leaves;
    }

    private static void container(JsonNode container, boolean nonRoot, Set<String> leaves) {
        String name = container.path("name").asText("");
        JsonNode context = container.path("securityContext");
        if (context.path("privileged").asBoolean(false)) {
            leaves.add("container %s is privileged".formatted(name));
        }
        if (context.path("allowPrivilegeEscalation").asBoolean(true)) {
            leaves.add("container %s may gain privileges".formatted(name));
        }
        if (!context.path("runAsNonRoot").asBoolean(nonRoot)) {
            leaves.add("container %s may run as root".formatted(name));
        }
        if (!context.path("readOnlyRootFilesystem").asBoolean(false)) {
            leaves.add("container %s may write to its own file system".formatted(name));
        }
        Fields.texts(context.at("/capabilities/add"))
                .forEach(capability -> leaves.add("container %s has %s".formatted(name, capability)));
        if (!Fields.texts(context.at("/capabilities/drop")).contains("ALL")) {
            leaves.add("container %s keeps the runtime's capabilities".formatted(name));
        }
    }
}
