package io.meshwright.construct.delivery;

import imports.io.argoproj.Application;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import java.util.ArrayList;
import java.util.List;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/** An Application that applies one stack's folder. */
public final class StackApplication extends Construct {
    private final Application application;

    private StackApplication(Construct scope, String id, Props props) {
        super(scope, id);
        Project project = props.project();
        var head = new ArgoObjects.Head(props.stack(), project, project.namespace(), project.retry());
        this.application = ArgoObjects.application(
                this,
                head,
                true,
                props.wave().applicationAnnotations(),
                ArgoObjects.folder(props.git(), props.stack().value()),
                props.sync());
    }

    /** The Application, for what this construct cannot say. */
    public ApiObject resource() {
        return application;
    }

    /** All that it needs. */
    record Props(Name stack, Project project, GitSource git, Wave wave, Sync sync) {
        Props {
            Require.present("stack", stack);
            Require.present("project", project);
            Require.present("git", git);
            Require.present("wave", wave);
        }
    }

    /** Collects what it needs. */
    public static final class Builder {
        private final Construct scope;
        private final String id;
        private final List<IgnoredDifference> ignored = new ArrayList<>();
        private final List<String> options = new ArrayList<>();
        private Name stack;
        private Project project;
        private GitSource git;
        private Wave wave;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        /** Name of the Application and of its folder. */
        public Builder stack(Name stack) {
            this.stack = stack;
            return this;
        }

        public Builder project(Project project) {
            this.project = project;
            return this;
        }

        public Builder git(GitSource git) {
            this.git = git;
            return this;
        }

        public Builder wave(Wave wave) {
            this.wave = wave;
            return this;
        }

        /** What controllers write into the stack's objects, such as the weights that Argo Rollouts moves. */
        public Builder ignoreDifferences(List<IgnoredDifference> ignored) {
            this.ignored.addAll(ignored);
            return this;
        }

        /** A sync option besides those that every Application has. */
        public Builder syncOption(String option) {
            this.options.add(option);
            return this;
        }

        public StackApplication build() {
            return new StackApplication(scope, id, new Props(stack, project, git, wave, new Sync(ignored, options)));
        }
    }
}
