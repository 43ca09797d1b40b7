package io.meshwright.construct.delivery.flux;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import io.meshwright.construct.delivery.chart.ChartValues;
import io.meshwright.construct.delivery.sync.IgnoredDifference;
import io.meshwright.platform.release.Chart;
import io.meshwright.value.Name;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A chart that Flux installs: the fields that we give, in the order in which they are written. */
@Group("helm.toolkit.fluxcd.io")
@Version("v2")
public final class HelmRelease extends CustomResource<HelmRelease.Spec, Void> {
    private static final long serialVersionUID = 1;

    public HelmRelease(ObjectMeta metadata, Spec spec) {
        setMetadata(metadata);
        setSpec(spec);
    }

    // Otherwise the constructor asks for one without arguments.
    @Override
    protected @Nullable Spec initSpec() {
        return null;
    }

    /**
     * A pinned chart, its place, and the way in which it is kept.
     *
     * @param dependsOn releases that are ready before this one is tried; null: none
     * @param storageNamespace namespace of Helm's own Secrets, so that {@code helm list} finds the release at home
     * @param values as the chart writes its keys
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Spec(
            @Nullable List<LocalName> dependsOn,
            String releaseName,
            String targetNamespace,
            String storageNamespace,
            ChartTemplate chart,
            String interval,
            String timeout,
            Installing install,
            Installing upgrade,
            DriftDetection driftDetection,
            Map<String, Object> values) {
        public Spec {
            dependsOn = dependsOn == null ? null : List.copyOf(dependsOn);
        }

        /**
         * That of one pinned chart.
         *
         * @param repository name of the HelmRepository
         * @param after names of the releases that are ready before
         * @param drift what controllers write into its objects
         */
        public static Spec of(
                Name name,
                Name namespace,
                Chart chart,
                String repository,
                ChartValues values,
                List<String> after,
                List<IgnoredDifference> drift) {
            Installing way = Installing.of(values.schemaApplies());
            return new Spec(
                    after.isEmpty() ? null : after.stream().map(LocalName::new).toList(),
                    name.toString(),
                    namespace.toString(),
                    namespace.toString(),
                    new ChartTemplate(new ChartSpec(
                            chart.name(),
                            chart.version(),
                            new SourceReference("HelmRepository", repository),
                            Intervals.INDEX)),
                    Intervals.DRIFT,
                    Intervals.TIMEOUT,
                    way,
                    way,
                    new DriftDetection(
                            "enabled",
                            drift.isEmpty()
                                    ? null
                                    : drift.stream().map(Pointers::ofChart).toList()),
                    values.values());
        }
    }

    /** The chart that Flux fetches. */
    public record ChartTemplate(ChartSpec spec) {}

    /** One chart in one version. */
    public record ChartSpec(String chart, String version, SourceReference sourceRef, String interval) {}

    /**
     * The way in which a release is installed or upgraded.
     *
     * @param crds {@code CreateReplace}: definitions of the chart's folder crds follow it too
     * @param disableSchemaValidation null: values are held against the chart's schema
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Installing(String crds, @Nullable Boolean disableSchemaValidation, Strategy strategy) {
        static Installing of(boolean schemaApplies) {
            return new Installing(
                    "CreateReplace", schemaApplies ? null : true, new Strategy("RetryOnFailure", Intervals.RETRY));
        }
    }

    /** The answer to a failure: another try, and neither a rollback nor a removal. */
    public record Strategy(String name, String retryInterval) {}

    /** Puts back what somebody changes by hand, and leaves to controllers what they write. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DriftDetection(String mode, @Nullable List<IgnoreRule> ignore) {
        public DriftDetection {
            ignore = ignore == null ? null : List.copyOf(ignore);
        }
    }
}
