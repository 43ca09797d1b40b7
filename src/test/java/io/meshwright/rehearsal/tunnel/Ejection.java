package io.meshwright.rehearsal.tunnel;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.OutlierDetection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Whether pods that fail are left out, as the outlier detection of a DestinationRule asks. */
final class Ejection {
    private static final int CALLS = 12;
    private static final String FAILED = "failed_outlier_check";

    private final WindTunnel tunnel;
    private final Envoy proxy;
    private final Cluster cluster;

    /** {@code proxy} is the one that calls the cluster. */
    Ejection(WindTunnel tunnel, Envoy proxy, Cluster cluster) {
        this.tunnel = tunnel;
        this.proxy = proxy;
        this.cluster = cluster;
    }

    /** Fails often enough, then calls again; {@code failing} and {@code plain} make a call each. */
    List<String> misses(CallMaker failing, CallMaker plain) throws IOException, InterruptedException {
        int hosts = hosts();
        OutlierDetection detection = cluster.getOutlierDetection();
        for (int call = 0; call < 2 * failures(detection) * hosts; call++) {
            tunnel.trials().sendOnly(failing.make());
        }
        Set<String> ejected = proxy.endpoints(cluster.getName(), FAILED);
        int most = hosts * detection.getMaxEjectionPercent().getValue() / 100;
        List<String> misses = new ArrayList<>();
        if (ejected.isEmpty() && most > 0) {
            misses.add("%s: no pod of %d is left out after %d failures in a row"
                    .formatted(cluster.getName(), hosts, failures(detection)));
        }
        double healthy = 100.0 * (hosts - ejected.size()) / hosts;
        boolean panics =
                healthy < cluster.getCommonLbConfig().getHealthyPanicThreshold().getValue();
        for (int call = 0; call < CALLS && !panics && misses.isEmpty(); call++) {
            Trial trial = tunnel.trials().send(plain.make());
            trial.first()
                    .map(line -> line.path("upstream").asText(""))
                    .filter(ejected::contains)
                    .ifPresent(pod ->
                            misses.add("%s: %s is left out and called nevertheless".formatted(cluster.getName(), pod)));
        }
        return misses;
    }

    private int hosts() {
        return cluster.getLoadAssignment().getEndpointsList().stream()
                .mapToInt(group -> group.getLbEndpointsCount())
                .sum();
    }

    /** After how many failures in a row a pod is left out. */
    private static int failures(OutlierDetection detection) {
        return Stream.of(detection.getConsecutive5Xx(), detection.getConsecutiveGatewayFailure())
                .mapToInt(number -> number.getValue())
                .filter(number -> number > 0)
                .min()
                .orElse(5);
    }

    /** A request that is sent again and again, each time under another id. */
    interface CallMaker {
        Call make() throws IOException;
    }
}
