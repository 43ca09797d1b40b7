package io.meshwright.incident.cause;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.incident.evidence.Evidence;
import io.meshwright.incident.evidence.Field;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why no server was fit, or no place in the pool free: flags UH and UO. */
final class PoolCauses {
    private static final String OUTLIERS = "outlierDetection";
    private static final String POOL = "connectionPool";

    private PoolCauses() {}

    static List<Cause> noServer(Evidence evidence, Optional<Destination> destination) {
        List<Cause> causes = new ArrayList<>();
        destination.ifPresent(found -> {
            if (found.pods().isEmpty()) {
                causes.add(Cause.of(
                                "%s means no pod of these manifests".formatted(found),
                                "Let selector and labels agree, and the subset name labels that pods carry.")
                        .by(found.source()));
            } else if (found.pods().stream().allMatch(pod -> pod.replicas().orElse(1) == 0)) {
                causes.add(Cause.of("every workload behind %s has 0 replicas".formatted(found), "Scale one up.")
                        .by(found.pods().get(0).source()));
            }
            found.policy().source(OUTLIERS).ifPresent(source -> causes.add(ejection(found, source)));
        });
        if (destination.isEmpty() && isOutside(evidence)) {
            return List.of(
                    Cause.of(
                            "no address is known for %s, which is none of these manifests: its name in DNS gave none, or a ServiceEntry with resolution NONE was asked through a gateway"
                                    .formatted(evidence.host()),
                            "Resolve the name from the proxy's pod; look at resolution and endpoints of its ServiceEntry, and whether two of them declare the host."));
        }
        boolean told = evidence.text(Field.RESPONSE_CODE_DETAILS).startsWith("unhealthy");
        causes.add(
                Cause.of(
                        told
                                ? "the control plane says that this endpoint is not ready"
                                : "no pod is ready: they start, crash, or fail their readiness probe",
                        "Look at the pods and their events; the probe must be answered by the application, not by what it calls."));
        return causes;
    }

    private static boolean isOutside(Evidence evidence) {
        String host = evidence.host();
        return evidence.called().isEmpty() && host.contains(".") && !host.contains(".svc");
    }

    private static Cause ejection(Destination found, Source source) {
        JsonNode says = found.policy().outlierDetection();
        String most = says.path("maxEjectionPercent").asText("10");
        return Cause.of(
                        "outlier detection has ejected the pods of %s: up to %s %% of them for at least %s"
                                .formatted(
                                        found,
                                        most,
                                        says.path("baseEjectionTime").asText("30s")),
                        "Find the errors that it counts; a smaller maxEjectionPercent, or minHealthPercent, keeps some in.")
                .by(source);
    }

    static Cause overflow(Optional<Destination> destination) {
        Optional<Source> limits = destination.flatMap(found -> found.policy().source(POOL));
        if (limits.isEmpty()) {
            return Cause.of(
                    "a limit of the connection pool is full, and no DestinationRule of these manifests sets one",
                    "Look for a DestinationRule in the cluster that is not in Git, and for connection limits of the listener.");
        }
        return Cause.of(
                        "the connection pool of %s is full: %s"
                                .formatted(
                                        destination.get(),
                                        destination.get().policy().connectionPool()),
                        "By Little's law requests in flight are rate times duration: raise http2MaxRequests, http1MaxPendingRequests or maxConnections above that, or answer faster.")
                .by(limits.get());
    }
}
