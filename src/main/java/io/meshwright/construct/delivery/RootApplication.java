package io.meshwright.construct.delivery;

import imports.io.argoproj.Application;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * The Application of all Applications: the one object that a person applies. Whoever deletes it stops delivery and
 * nothing else, because it does not take the others with it.
 */
public final class RootApplication extends Construct {
    static final String FOLDER = "argocd";
    // What goes, goes after everything else is applied: an older control plane after the one that takes its place.
    static final Sync SYNC = new Sync(List.of(), List.of("PruneLast=true"));
    private final Application application;

    private RootApplication(Construct scope, String id, Name name, Project project, GitSource git) {
        super(scope, id);
        Require.present("name", name);
        Require.present("project", project);
        Require.present("git", git);
        // Not awaited: it lies in the folder that it applies, and would wait for itself.
        SortedMap<String, String> annotations = new TreeMap<>(Wave.FOUNDATION.annotations());
        annotations.putAll(Protection.annotations());
        var head = new ArgoObjects.Head(
                name, project, project.namespace(), project.retry().ofRoot());
        this.application =
                ArgoObjects.application(this, head, false, annotations, ArgoObjects.folder(git, FOLDER), SYNC);
    }

    /** The Application, for what this construct cannot say. */
    public ApiObject resource() {
        return application;
    }

    /** Collects what it needs. */
    public static final class Builder {
        private final Construct scope;
        private final String id;
        private Name name;
        private Project project;
        private GitSource git;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public Builder name(Name name) {
            this.name = name;
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

        public RootApplication build() {
            return new RootApplication(scope, id, name, project, git);
        }
    }
}
