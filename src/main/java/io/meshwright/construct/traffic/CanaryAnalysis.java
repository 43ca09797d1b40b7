package io.meshwright.construct.traffic;

import imports.io.argoproj.AnalysisTemplate;
import imports.io.argoproj.AnalysisTemplateSpec;
import imports.io.argoproj.AnalysisTemplateSpecArgs;
import imports.io.argoproj.AnalysisTemplateSpecMetrics;
import imports.io.argoproj.AnalysisTemplateSpecMetricsFailureLimit;
import imports.io.argoproj.AnalysisTemplateSpecMetricsInconclusiveLimit;
import imports.io.argoproj.AnalysisTemplateSpecMetricsProvider;
import imports.io.argoproj.AnalysisTemplateSpecMetricsProviderPrometheus;
import io.meshwright.value.Name;
import io.meshwright.value.Plain;
import io.meshwright.value.Url;
import io.meshwright.value.traffic.Analysis;
import java.util.ArrayList;
import java.util.List;
import org.cdk8s.ApiObject;
import org.cdk8s.ApiObjectMetadata;
import software.constructs.Construct;

/**
 * Judges a new version by the mesh's metrics: one AnalysisTemplate with success rate and, where requests do not last by
 * design, latency beside the stable one's.
 */
final class CanaryAnalysis extends Construct {
    private static final int SECONDS_FOR_AN_ANSWER = 20;

    private final Analysis analysis;
    private final Url prometheus;
    private final AnalysisTemplate resource;

    CanaryAnalysis(
            Construct scope,
            String id,
            Name rollout,
            Name namespace,
            Analysis analysis,
            Url prometheus,
            boolean streams) {
        super(scope, id);
        this.analysis = analysis;
        this.prometheus = prometheus;
        CanaryQueries queries = new CanaryQueries(namespace, rollout, analysis.window());
        this.resource = AnalysisTemplate.Builder.create(this, "Resource")
                .metadata(ApiObjectMetadata.builder()
                        .name("%s-canary".formatted(rollout))
                        .namespace(namespace.toString())
                        .build())
                .spec(AnalysisTemplateSpec.builder()
                        .args(List.of(argument(CanaryQueries.CANARY), argument(CanaryQueries.STABLE)))
                        .metrics(metrics(queries, streams))
                        .build())
                .build();
    }

    /** Without latency where requests last: those of a new version are the shorter ones until it is as old. */
    private List<AnalysisTemplateSpecMetrics> metrics(CanaryQueries queries, boolean streams) {
        List<AnalysisTemplateSpecMetrics> metrics = new ArrayList<>(List.of(
                metric(
                        "success-rate",
                        queries.success(),
                        ">=",
                        analysis.successRate().value() / 100),
                metric(
                        "success-rate-against-stable",
                        queries.successAgainstStable(),
                        ">=",
                        -analysis.successDrop().value() / 100)));
        if (!streams) {
            metrics.add(
                    metric("latency-against-stable", queries.latencyAgainstStable(), "<=", analysis.latencyRatio()));
        }
        return metrics;
    }

    /** Name of the AnalysisTemplate. */
    String name() {
        return resource.getName();
    }

    ApiObject resource() {
        return resource;
    }

    private static AnalysisTemplateSpecArgs argument(String name) {
        return AnalysisTemplateSpecArgs.builder().name(name).build();
    }

    private AnalysisTemplateSpecMetrics metric(String name, String query, String comparison, double bound) {
        String holds = "result[0] %s %s".formatted(comparison, Plain.number(bound));
        AnalysisTemplateSpecMetrics.Builder metric = AnalysisTemplateSpecMetrics.builder()
                .name(name)
                // Earlier measurements would also see the time before the new version had any requests.
                .initialDelay(analysis.window().toString())
                .interval(analysis.interval().toString())
                .failureLimit(AnalysisTemplateSpecMetricsFailureLimit.fromNumber(analysis.failureLimit()))
                .provider(AnalysisTemplateSpecMetricsProvider.builder()
                        .prometheus(AnalysisTemplateSpecMetricsProviderPrometheus.builder()
                                .address(prometheus.toString())
                                .query(query)
                                .timeout(SECONDS_FOR_AN_ANSWER)
                                .build())
                        .build());
        return (analysis.idle() == Analysis.Idle.PASS ? passing(metric, holds) : waiting(metric, holds)).build();
    }

    // Neither success nor failure is "inconclusive", at which Argo Rollouts pauses for a person.
    private AnalysisTemplateSpecMetrics.Builder waiting(AnalysisTemplateSpecMetrics.Builder metric, String holds) {
        String measured = "len(result) > 0 && !isNaN(result[0])";
        return metric.successCondition("%s && %s".formatted(measured, holds))
                .failureCondition("%s && !(%s)".formatted(measured, holds))
                .inconclusiveLimit(AnalysisTemplateSpecMetricsInconclusiveLimit.fromNumber(analysis.failureLimit()));
    }

    private static AnalysisTemplateSpecMetrics.Builder passing(
            AnalysisTemplateSpecMetrics.Builder metric, String holds) {
        return metric.successCondition("len(result) == 0 || isNaN(result[0]) || %s".formatted(holds));
    }
}
