package io.meshwright.construct.delivery;

import imports.io.argoproj.Application;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.delivery.sync.Protection;
import io.meshwright.construct.delivery.sync.Wave;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Name;
import io.meshwright.value.Required;
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

    private RootApplication(Construct scope, String id, Props props) {
        super(scope, id);
        Project project = props.project();
        // Not awaited: it lies in the folder that it applies, and would wait for itself.
        SortedMap<String, String> annotations = new TreeMap<>(Wave.FOUNDATION.annotations());
        annotations.putAll(Protection.annotations());
        var head = new ArgoObjects.Head(
                props.name(), project, project.namespace(), project.retry().ofRoot());
        this.application =
                ArgoObjects.application(this, head, false, annotations, ArgoObjects.folder(props.git(), FOLDER), SYNC);
    }

    /** The Application, for what this construct cannot say. */
    public ApiObject resource() {
        return application;
    }

    /**
     * All that it needs.
     *
     * @param name of the Application
     * @param project of the Application
     * @param git where the folder is that it applies
     */
    @Buildable
    record Props(
            @Required Name name,
            @Required Project project,
            @Required GitSource git) {}

    /** Collects what it needs. */
    public static final class Builder extends RootApplicationSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public RootApplication build() {
            return ConstructMaker.make(scope, id, () -> new RootApplication(scope, id, props()));
        }
    }
}
