package io.meshwright.stack;

import io.meshwright.construct.WrittenDefaults;
import io.meshwright.construct.object.ApiObjects;
import io.meshwright.construct.object.Kernel;
import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.Agreements;
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
        Agreements.require(environment);
        Kernel.await();
        App app = new App();
        Charts.of(app, environment);
        WrittenDefaults.in(app);
        return ApiObjects.synth(app).stream().map(RenderedObject::of).toList();
    }
}
