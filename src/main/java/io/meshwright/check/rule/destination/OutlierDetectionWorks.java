package io.meshwright.check.rule.destination;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.TrafficPolicies;
import io.meshwright.check.evidence.ambient.HeedingProxies;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.DestinationRule;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Ejection must be able to happen with the replicas there are, and must not be able to empty the service. */
@AutoService(Inspection.class)
public final class OutlierDetectionWorks implements Check {
    public static final Rule EJECTION_NEVER_HAPPENS = Rule.warning("MESH176", "ejection_never_happens")
            .title("Outlier detection can never eject a pod")
            .consequence("The circuit breaker never opens: a broken pod keeps its share of the traffic.")
            .remedy("Raise maxEjectionPercent to 100 divided by the replicas, or run more of them.");

    public static final Rule EJECTION_EMPTIES_SERVICE = Rule.error("MESH177", "ejection_empties_service")
            .title("Outlier detection may eject every pod")
            .consequence("An error of the application itself takes the whole service away.")
            .remedy(
                    "Set maxEjectionPercent to 50 or less, or minHealthPercent, and count consecutiveGatewayErrors only.");

    private static final int DEFAULT_PERCENT = 10;

    @Override
    public List<Rule> rules() {
        return List.of(EJECTION_NEVER_HAPPENS, EJECTION_EMPTIES_SERVICE);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        HeedingProxies proxies = new HeedingProxies(mesh);
        return mesh.destinationRules().written().stream()
                .flatMap(rule -> TrafficPolicies.of(rule).stream()
                        .filter(policy ->
                                policy.value().path("outlierDetection").isObject())
                        .flatMap(policy -> findings(policy.at("/outlierDetection"), replicas(mesh, rule)).stream()
                                .flatMap(finding -> heeded(finding, proxies.areThereFor(rule.host())))));
    }

    /** A ztunnel ejects nobody, so that nothing comes of it where no other proxy is. */
    private static Stream<Finding> heeded(Finding finding, Truth heeded) {
        return switch (heeded) {
            case YES -> Stream.of(finding);
            case UNKNOWN ->
                Stream.of(finding.as(Severity.INFO)
                        .saying("for callers that are not behind a ztunnel, %s".formatted(finding.message())));
            case NO -> Stream.empty();
        };
    }

    private static List<Finding> findings(Source source, OptionalInt replicas) {
        List<Finding> findings = new ArrayList<>();
        int percent = Fields.number(source.value().path("maxEjectionPercent")).orElse(DEFAULT_PERCENT);
        int least = Fields.number(source.value().path("minHealthPercent")).orElse(0);
        Source place = source.value().has("maxEjectionPercent") ? source.at("/maxEjectionPercent") : source;
        if (percent >= 100 && least == 0) {
            findings.add(EJECTION_EMPTIES_SERVICE.at(
                    place,
                    ("maxEjectionPercent %d may eject every pod%s: an error that all pods share turns into 503 "
                                    + "with flag UH for everybody")
                            .formatted(
                                    percent, replicas.isPresent() ? " (%d here)".formatted(replicas.getAsInt()) : "")));
        } else if (replicas.isPresent() && replicas.getAsInt() > 0 && 100.0 / replicas.getAsInt() > percent) {
            // Envoy counts the pod that is to be ejected before it compares (Envoy 1.28, outlier_detection_impl.cc).
            findings.add(EJECTION_NEVER_HAPPENS.at(
                    place,
                    "with %d pods one of them is %d percent, more than the %d that may be ejected: no pod ever is"
                            .formatted(replicas.getAsInt(), (int) Math.ceil(100.0 / replicas.getAsInt()), percent)));
        }
        return findings;
    }

    private static OptionalInt replicas(Mesh mesh, DestinationRule rule) {
        List<Pod> pods = mesh.services().of(rule.host()).stream()
                .flatMap(service -> mesh.services().pods(service).stream())
                .distinct()
                .toList();
        boolean known =
                !pods.isEmpty() && pods.stream().allMatch(pod -> pod.replicas().isPresent());
        return known
                ? OptionalInt.of(
                        pods.stream().mapToInt(pod -> pod.replicas().getAsInt()).sum())
                : OptionalInt.empty();
    }
}
