package io.meshwright.construct.delivery;

import imports.io.argoproj.Application;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.delivery.sync.IgnoredDifference;
import io.meshwright.construct.delivery.sync.Wave;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Name;
import io.meshwright.value.Required;
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

    /**
     * All that it needs.
     *
     * @param stack name of the Application and of its folder
     * @param project of the Application
     * @param git where the folder is
     * @param wave in which it is applied
     * @param ignoreDifferences what controllers write into the stack's objects, such as the weights that Argo Rollouts
     *     moves
     * @param syncOptions besides those that every Application has
     */
    @Buildable
    record Props(
            @Required Name stack,
            @Required Project project,
            @Required GitSource git,
            @Required Wave wave,
            List<IgnoredDifference> ignoreDifferences,
            List<String> syncOptions) {
        Sync sync() {
            return new Sync(ignoreDifferences, syncOptions);
        }
    }

    /** Collects what it needs. */
    public static final class Builder extends StackApplicationSetters<Builder> {
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

        public StackApplication build() {
            return ConstructMaker.make(scope, id, () -> new StackApplication(scope, id, props()));
        }
    }
}
