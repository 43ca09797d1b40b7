package io.meshwright.construct.traffic;

import imports.sh.keda.ScaledObject;
import imports.sh.keda.ScaledObjectSpec;
import imports.sh.keda.ScaledObjectSpecFallback;
import imports.sh.keda.ScaledObjectSpecFallbackBehavior;
import imports.sh.keda.ScaledObjectSpecScaleTargetRef;
import imports.sh.keda.ScaledObjectSpecTriggers;
import io.meshwright.value.Url;
import io.meshwright.value.traffic.Keda;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cdk8s.ApiObject;
import org.cdk8s.ApiObjectMetadata;
import software.constructs.Construct;

/** A ScaledObject on the requests that the mesh counts, on those of the same hour a week ago, and on the clock. */
final class RequestAutoscaler {
    // A day of 24 hours, seven times, less the half hour in which new pods get ready.
    private static final String A_WEEK_AGO_AND_AHEAD = "167h30m";
    private static final int FAILURES_BEFORE_FALLBACK = 3;

    private RequestAutoscaler() {}

    static ApiObject of(Construct scope, Autoscaling.Props props, Keda keda) {
        ScaleTarget target = props.target();
        return ScaledObject.Builder.create(scope, "Resource")
                .metadata(ApiObjectMetadata.builder()
                        .name(target.name().toString())
                        .namespace(target.namespace().toString())
                        .build())
                .spec(ScaledObjectSpec.builder()
                        .scaleTargetRef(ScaledObjectSpecScaleTargetRef.builder()
                                .apiVersion(target.apiVersion())
                                .kind(target.kind())
                                .name(target.name().toString())
                                .build())
                        .minReplicaCount(keda.minReplicas())
                        .maxReplicaCount(keda.maxReplicas())
                        .fallback(fallback(keda))
                        .triggers(triggers(props, keda))
                        .build())
                .build();
    }

    // Without Prometheus nobody knows the load: no pod goes that is there.
    private static ScaledObjectSpecFallback fallback(Keda keda) {
        return ScaledObjectSpecFallback.builder()
                .failureThreshold(FAILURES_BEFORE_FALLBACK)
                .replicas(keda.minReplicas())
                .behavior(ScaledObjectSpecFallbackBehavior.CURRENT_REPLICAS_IF_HIGHER)
                .build();
    }

    private static List<ScaledObjectSpecTriggers> triggers(Autoscaling.Props props, Keda keda) {
        List<ScaledObjectSpecTriggers> triggers = new ArrayList<>();
        // By workload and not by service: the versions of a service each have their own pods to count.
        String requests = "istio_requests_total{reporter=\"destination\", destination_workload=\"%s\", "
                .concat("destination_workload_namespace=\"%s\"}")
                .formatted(props.target().name(), props.target().namespace());
        // No result is no news, not "no load" (keda.sh, Prometheus scaler, ignoreNullValues).
        triggers.add(trigger(
                "requests",
                "sum(rate(%s[2m]))".formatted(requests),
                false,
                props.prometheus().orElseThrow(),
                keda));
        if (keda.lastWeek()) {
            // In the first week there is nothing to look back at, and that is no failure.
            triggers.add(trigger(
                    "last-week",
                    lastWeek(props.target(), props.share()),
                    true,
                    props.prometheus().orElseThrow(),
                    keda));
        }
        keda.schedules().forEach(schedule -> triggers.add(at(schedule)));
        return triggers;
    }

    /** Of the whole service, since its versions shared the requests otherwise a week ago. */
    private static String lastWeek(ScaleTarget target, LoadShare share) {
        String requests = "istio_requests_total{reporter=\"destination\", destination_service_name=\"%s\", "
                .concat("destination_service_namespace=\"%s\"}")
                .formatted(share.service(), target.namespace());
        return share.of(
                "sum(rate(%s[30m] offset %s))".formatted(requests, A_WEEK_AGO_AND_AHEAD),
                target.namespace().toString(),
                target.name().toString());
    }

    private static ScaledObjectSpecTriggers at(Keda.Schedule schedule) {
        return ScaledObjectSpecTriggers.builder()
                .type("cron")
                .metadata(new TreeMap<>(Map.of(
                        "timezone", schedule.timeZone(),
                        "start", schedule.start(),
                        "end", schedule.end(),
                        "desiredReplicas", schedule.replicas().toString())))
                .build();
    }

    private static ScaledObjectSpecTriggers trigger(
            String name, String query, boolean mayBeEmpty, Url prometheus, Keda keda) {
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("serverAddress", prometheus.toString());
        metadata.put("query", query);
        metadata.put("threshold", Integer.toString(keda.requestsPerSecond()));
        metadata.put("ignoreNullValues", Boolean.toString(mayBeEmpty));
        return ScaledObjectSpecTriggers.builder()
                .type("prometheus")
                .name(name)
                .metricType("AverageValue")
                .metadata(metadata)
                .build();
    }
}
