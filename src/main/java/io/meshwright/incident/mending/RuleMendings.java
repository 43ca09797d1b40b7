package io.meshwright.incident.mending;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.incident.cause.Destination;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes of a DestinationRule, or of the workloads behind a Service, where no server was fit or no place free. */
final class RuleMendings {
    private static final Map<String, String> LIMITS =
            Map.of("http1MaxPendingRequests", "/http", "http2MaxRequests", "/http", "maxConnections", "/tcp");
    private static final int HALF = 50;

    private RuleMendings() {}

    /** Twice each limit that is written: the line does not tell which of them was full. */
    static void pool(Proposals proposals) {
        Optional<Source> pool =
                proposals.destination().flatMap(found -> found.policy().source("connectionPool"));
        if (pool.isEmpty()) {
            proposals.not("no DestinationRule of these manifests sets a limit that could be raised");
            return;
        }
        LIMITS.keySet().stream().sorted().forEach(limit -> {
            Source place = pool.get().at(LIMITS.getOrDefault(limit, ""));
            int number = place.value().path(limit).asInt(0);
            if (number > 0) {
                proposals.add(Mending.of(
                                "raise %s from %d to %d".formatted(limit, number, 2 * number),
                                place,
                                body -> body.put(limit, 2 * number))
                        .unproved()
                        .mind("Which limit was full is not told, and the server must be able to take as much."));
            }
        });
    }

    /** Of a Service whose pods all are away: none is started, or outlier detection may put all of them out. */
    static void idle(Proposals proposals, Destination destination) {
        List<Pod> pods = destination.pods();
        if (pods.stream().allMatch(pod -> pod.replicas().orElse(1) == 0)) {
            scale(proposals, pods.get(0));
            return;
        }
        Optional<Source> outliers = destination.policy().source("outlierDetection");
        int most = outliers.map(Source::value)
                .map(says -> says.path("maxEjectionPercent").asInt(0))
                .orElse(0);
        if (outliers.isPresent() && most > HALF) {
            proposals.add(Mending.of(
                            "lower maxEjectionPercent from %d to %d".formatted(most, HALF),
                            outliers.get(),
                            body -> body.put("maxEjectionPercent", HALF))
                    .unproved()
                    .mind("It helps only where ejection put all pods out, and then sends requests to pods that fail."));
        } else {
            proposals.not("pods that are not ready are mended in the cluster and in the application");
        }
    }

    private static void scale(Proposals proposals, Pod pod) {
        Source workload = Source.of(pod.source().manifest());
        JsonNode replicas = workload.at("/spec/replicas").value();
        if (replicas.isInt()
                && List.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.ROLLOUT)
                        .contains(workload.manifest().kind())) {
            proposals.add(Mending.of(
                            "raise replicas from %d to 1".formatted(replicas.asInt()),
                            workload.at("/spec"),
                            body -> body.put("replicas", 1))
                    .unproved());
        } else {
            proposals.not("the number of pods is not written in %s".formatted(workload.manifest()));
        }
    }
}
