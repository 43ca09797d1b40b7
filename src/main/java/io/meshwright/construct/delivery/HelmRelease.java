package io.meshwright.construct.delivery;

import imports.io.argoproj.Application;
import imports.io.argoproj.ApplicationSpecSource;
import imports.io.argoproj.ApplicationSpecSourceHelm;
import io.meshwright.platform.release.Chart;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /** All that a release needs. */
    record Props(
            Name name,
            Project project,
            Name namespace,
            Chart chart,
            ChartValues values,
            Wave wave,
            Sync sync,
            SortedMap<String, String> notes) {
        Props {
            Require.present("name", name);
            Require.present("project", project);
            Require.present("namespace", namespace);
            Require.present("chart", chart);
            Require.present("values", values);
            Require.present("wave", wave);
        }
    }

    /** Collects what a release needs; what a person should know beside it is optional. */
    public static final class Builder {
        private final Construct scope;
        private final String id;
        private final List<IgnoredDifference> ignored = new ArrayList<>();
        private final List<String> options = new ArrayList<>();
        private final SortedMap<String, String> notes = new TreeMap<>();
        private Name name;
        private Project project;
        private Name namespace;
        private Chart chart;
        private ChartValues values;
        private Wave wave;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        /** Of the Application and of the Helm release, after which charts name their objects. */
        public Builder name(Name name) {
            this.name = name;
            return this;
        }

        public Builder project(Project project) {
            this.project = project;
            return this;
        }

        /** Where the chart is installed. */
        public Builder namespace(Name namespace) {
            this.namespace = namespace;
            return this;
        }

        public Builder chart(Chart chart) {
            this.chart = chart;
            return this;
        }

        public Builder values(ChartValues values) {
            this.values = values;
            return this;
        }

        public Builder wave(Wave wave) {
            this.wave = wave;
            return this;
        }

        /** What controllers write into the chart's objects. */
        public Builder ignoreDifferences(List<IgnoredDifference> ignored) {
            this.ignored.addAll(ignored);
            return this;
        }

        /** A sync option besides those that every Application has. */
        public Builder syncOption(String option) {
            this.options.add(option);
            return this;
        }

        /** Annotations of the Application for people and checks, such as why it is an exception. */
        public Builder notes(Map<String, String> notes) {
            this.notes.putAll(notes);
            return this;
        }

        public HelmRelease build() {
            return new HelmRelease(
                    scope,
                    id,
                    new Props(name, project, namespace, chart, values, wave, new Sync(ignored, options), notes));
        }
    }
}
