package io.meshwright.construct.delivery;

import imports.io.argoproj.Application;
import imports.io.argoproj.ApplicationSpecSource;
import imports.io.argoproj.ApplicationSpecSourceHelm;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.delivery.chart.ChartValues;
import io.meshwright.construct.delivery.sync.IgnoredDifference;
import io.meshwright.construct.delivery.sync.Protection;
import io.meshwright.construct.delivery.sync.Wave;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.platform.release.Chart;
import io.meshwright.value.Name;
import io.meshwright.value.Required;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * An Application that installs one pinned chart. It goes only when a person confirms it, since its CRDs and with them
 * every object of their kinds would go too.
 */
public final class HelmRelease extends Construct {
    private final Application application;

    private HelmRelease(Construct scope, String id, Props props) {
        super(scope, id);
        SortedMap<String, String> annotations = new TreeMap<>(props.wave().applicationAnnotations());
        annotations.putAll(Protection.annotations());
        annotations.putAll(props.notes());
        var head = new ArgoObjects.Head(
                props.name(),
                props.project(),
                props.namespace(),
                props.project().retry());
        this.application = ArgoObjects.application(this, head, true, annotations, source(props), props.sync());
    }

    /** The Application, for what this construct cannot say. */
    public ApiObject resource() {
        return application;
    }

    private static ApplicationSpecSource source(Props props) {
        return ApplicationSpecSource.builder()
                .repoUrl(props.chart().repository())
                .chart(props.chart().name())
                .targetRevision(props.chart().version())
                .helm(ApplicationSpecSourceHelm.builder()
                        .releaseName(props.name().value())
                        .valuesObject(props.values().values())
                        .skipSchemaValidation(props.values().schemaApplies() ? null : true)
                        .build())
                .build();
    }

    /**
     * All that a release needs.
     *
     * @param name of the Application and of the Helm release, after which charts name their objects
     * @param project of the Application
     * @param namespace where the chart is installed
     * @param chart that is installed, in one version
     * @param values of the chart
     * @param wave in which it is applied
     * @param notes annotations of the Application for people and checks, such as why it is an exception
     */
    @Buildable
    record Props(
            @Required Name name,
            @Required Project project,
            @Required Name namespace,
            @Required Chart chart,
            @Required ChartValues values,
            @Required Wave wave,
            Syncing syncing,
            SortedMap<String, String> notes) {
        Sync sync() {
            return new Sync(syncing.ignoreDifferences(), syncing.syncOptions());
        }
    }

    /**
     * The way in which the Application is kept equal to the chart.
     *
     * @param ignoreDifferences what controllers write into the chart's objects
     * @param syncOptions besides those that every Application has
     */
    record Syncing(List<IgnoredDifference> ignoreDifferences, List<String> syncOptions) {}

    /** Collects what a release needs. */
    public static final class Builder extends HelmReleaseSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        /** A sync option besides those that every Application has. */
        public Builder syncOption(String option) {
            return syncOptions(List.of(option));
        }

        public HelmRelease build() {
            return ConstructMaker.make(scope, id, () -> new HelmRelease(scope, id, props()));
        }
    }
}
