package io.meshwright.stack;

import io.meshwright.construct.WrittenDefaults;
import io.meshwright.construct.object.ApiObjects;
import io.meshwright.construct.object.Kernel;
import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.Agreements;
import io.meshwright.extension.loading.Extensions;
import io.meshwright.stack.delivery.Marks;
import java.util.List;
import org.cdk8s.App;

/** Renders one environment by cdk8s. */
public final class PlatformApp {
    private PlatformApp() {}

    /**
     * Every object of the environment's charts.
     *
     * @throws io.meshwright.value.InvalidValues when values of the environment do not agree
     * @throws io.meshwright.value.InvalidValue when constructs refuse what the file says
     */
    public static List<RenderedObject> objects(Environment environment) {
        return objects(environment, Extensions.ofProgram());
    }

    /**
     * The same with what extensions add.
     *
     * @param extensions of which those are run that the environment names
     * @throws io.meshwright.value.InvalidValues when values of the environment do not agree
     * @throws io.meshwright.value.InvalidValue when constructs refuse what the file says, or an extension fails
     */
    public static List<RenderedObject> objects(Environment environment, Extensions extensions) {
        Agreements.require(environment);
        Kernel.await();
        App app = new App();
        Charts.of(app, environment, extensions);
        return ExtendedPlatform.rendering(environment, () -> {
            WrittenDefaults.write(app);
            Marks marks = new Marks(environment.delivery().type());
            return AssistantManifests.beside(
                    environment,
                    ApiObjects.synth(app).stream()
                            .flatMap(object -> RenderedObject.of(object, marks))
                            .toList());
        });
    }
}
