package io.meshwright.mesh.demand;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.install.HelmRelease;
import io.meshwright.mesh.workload.Pod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * All that the pods of a mesh ask for. It is never more than what they really ask for: of charts whose values are
 * silent and of pods that others run, nothing is counted.
 *
 * @param all by name
 * @param silent charts of which no value tells what their pods ask for, as namespace and release
 */
public record Demands(List<Demand> all, List<String> silent) {
    private static final Set<Kind> ENDING = Set.of(Kind.JOB, Kind.CRON_JOB);
    /** Charts that bring definitions and no pods. */
    private static final Set<String> WITHOUT_PODS = Set.of("base");

    private static final Map<String, String> EVERYWHERE = Map.of("kubernetes.io/os", "linux");

    public static Demands of(Mesh mesh) {
        List<Demand> all = new ArrayList<>();
        Scaling scaling = new Scaling(mesh.manifests());
        PodRequest requests = new PodRequest(mesh.installation().sidecarTemplates());
        mesh.pods().all().stream().filter(Demands::isOwn).forEach(pod -> all.add(of(pod, scaling, requests.of(pod))));
        List<String> silent = new ArrayList<>();
        for (HelmRelease release : HelmRelease.everywhere(mesh.manifests())) {
            List<Demand> found = ChartDemands.of(release);
            all.addAll(found);
            if (found.isEmpty() && !WITHOUT_PODS.contains(release.chart())) {
                silent.add("%s/%s".formatted(release.namespace(), release.name()));
            }
        }
        all.sort(Comparator.comparing(Demand::name));
        return new Demands(all, silent.stream().sorted().distinct().toList());
    }

    /** False for a pod that a ReplicaSet or a Job made of a template: it is counted with the template. */
    private static boolean isOwn(Pod pod) {
        return pod.spec().isObject()
                && pod.source().manifest().at("/metadata/ownerReferences").isEmpty();
    }

    private static Demand of(Pod pod, Scaling scaling, Amount each) {
        Manifest owner = pod.source().manifest();
        if (owner.kind().equals(Kind.DAEMON_SET)) {
            // One that chooses nodes may stand on any number of them, none included.
            return isEverywhere(pod.spec())
                    ? Demand.ofNodes(pod.toString(), each, pod.source())
                    : Demand.of(pod.toString(), 0, 1, each, pod.source());
        }
        if (ENDING.contains(owner.kind())) {
            String spec = owner.kind().equals(Kind.JOB) ? "/spec" : "/spec/jobTemplate/spec";
            int atOnce = Fields.number(owner.at(spec.concat("/parallelism"))).orElse(1);
            return Demand.of(pod.toString(), 0, atOnce, each, pod.source());
        }
        int least = pod.replicas().orElse(0);
        return Demand.of(pod.toString(), least, scaling.most(owner).orElse(least), each, pod.source());
    }

    private static boolean isEverywhere(JsonNode spec) {
        Map<String, String> chosen = Fields.strings(spec.path("nodeSelector"));
        return EVERYWHERE.entrySet().containsAll(chosen.entrySet())
                && spec.at("/affinity/nodeAffinity").isEmpty();
    }

    /** The sum while every autoscaler is at its minimum and no Job runs, without what stands on every node. */
    public Amount least() {
        return sum(Demand::least);
    }

    /** The sum while every autoscaler is at its maximum and each Job runs, without what stands on every node. */
    public Amount most() {
        return sum(Demand::most);
    }

    /** The part of each node that is gone before any other pod comes. */
    public Amount ofEveryNode() {
        return all.stream().filter(Demand::everyNode).map(Demand::each).reduce(Amount.NONE, Amount::plus);
    }

    private Amount sum(ToIntFunction<Demand> pods) {
        return all.stream()
                .filter(demand -> !demand.everyNode())
                .map(demand -> demand.each().times(pods.applyAsInt(demand)))
                .reduce(Amount.NONE, Amount::plus);
    }
}
