package io.meshwright.plan.security;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.PeerAuthentications.Mode;
import io.meshwright.mesh.workload.ContainerPort;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The mutual TLS that each pod demands on each of its ports. */
final class MutualTls {
    private static final int OTHERS = 0;

    private MutualTls() {}

    static List<Change> changes(Mesh before, Mesh after) {
        Map<String, Mode> old = modes(before);
        Map<String, Mode> young = modes(after);
        Map<Step, List<String>> steps = new TreeMap<>();
        old.forEach((port, mode) -> {
            Mode now = young.get(port);
            if (now != null && now != mode) {
                steps.computeIfAbsent(new Step(mode, now), none -> new ArrayList<>())
                        .add(port);
            }
        });
        List<Change> changes = new ArrayList<>();
        steps.forEach((step, ports) -> changes.add(step.rule()
                .of(
                        ports.get(0),
                        "mutual TLS was %s, is %s%s"
                                .formatted(
                                        step.before(),
                                        step.after(),
                                        ports.size() == 1 ? "" : ", and of %d more".formatted(ports.size() - 1)))
                .because(ports.subList(1, ports.size()).stream()
                        .map("also: %s"::formatted)
                        .toList())));
        return changes;
    }

    /** Tells whether one mode demands less or more than another. */
    static ChangeRule rule(Mode before, Mode after) {
        return strength(after) < strength(before) ? ChangeRule.MUTUAL_TLS_WEAKER : ChangeRule.MUTUAL_TLS_STRONGER;
    }

    private static int strength(Mode mode) {
        return switch (mode) {
            case STRICT -> 2;
            case PERMISSIVE -> 1;
            case DISABLE -> 0;
        };
    }

    private record Step(Mode before, Mode after) implements Comparable<Step> {
        /** A mode is the weaker the later it stands in {@link Mode}. */
        ChangeRule rule() {
            return MutualTls.rule(before, after);
        }

        @Override
        public int compareTo(Step other) {
            int byBefore = before.compareTo(other.before);
            return byBefore != 0 ? byBefore : after.compareTo(other.after);
        }
    }

    /** By pod and port; a pod without declared ports has one entry for all. */
    private static Map<String, Mode> modes(Mesh mesh) {
        Map<String, Mode> modes = new TreeMap<>();
        for (Pod pod : mesh.pods().all()) {
            if (pod.proxy().isOfApplication()) {
                TreeSet<Integer> ports = new TreeSet<>();
                ports.add(OTHERS);
                pod.ports().stream().map(ContainerPort::number).forEach(ports::add);
                Mode usual = mesh.peerAuthentications().of(pod, OTHERS).mode();
                for (int port : ports) {
                    Mode mode = mesh.peerAuthentications().of(pod, port).mode();
                    if (port == OTHERS || mode != usual) {
                        modes.put(
                                "%s/%s%s"
                                        .formatted(
                                                pod.namespace(),
                                                pod.name(),
                                                port == OTHERS ? "" : ":%d".formatted(port)),
                                mode);
                    }
                }
            }
        }
        return modes;
    }
}
