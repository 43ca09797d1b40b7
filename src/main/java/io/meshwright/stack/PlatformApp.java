package io.meshwright.stack;

import io.meshwright.construct.WrittenDefaults;
import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.Agreements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cdk8s.ApiObject;
import org.cdk8s.App;
import org.cdk8s.AppProps;
import org.cdk8s.Chart;
import org.cdk8s.YamlOutputType;

/**
 * Renders one environment: cdk8s writes one text per chart into a staging folder, and each object's text is taken from
 * it.
 */
public final class PlatformApp {
    private PlatformApp() {}

    /**
     * Every object of the environment's charts.
     *
     * @throws io.meshwright.value.InvalidValues when values of the environment do not agree
     * @throws io.meshwright.value.InvalidValue when constructs refuse what the file says
     * @throws IOException when the staging folder cannot be written
     */
    public static List<RenderedObject> objects(Environment environment) throws IOException {
        Agreements.require(environment);
        Path staging = Files.createTempDirectory("meshwright");
        try {
            App app = new App(AppProps.builder()
                    .outdir(staging.toString())
                    .yamlOutputType(YamlOutputType.FILE_PER_CHART)
                    .build());
            Charts.of(app, environment);
            WrittenDefaults.in(app);
            app.synth();
            return rendered(app, staging);
        } finally {
            delete(staging);
        }
    }

    private static List<RenderedObject> rendered(App app, Path staging) throws IOException {
        List<RenderedObject> objects = new ArrayList<>();
        for (Chart chart : app.getCharts()) {
            String stack = chart.getNode().getId();
            Map<String, String> paths = constructPaths(chart);
            Path file = staging.resolve("%s.k8s.yaml".formatted(stack));
            for (String document : Documents.in(Files.readString(file))) {
                objects.add(Documents.object(stack, document, paths));
            }
        }
        return objects;
    }

    private static Map<String, String> constructPaths(Chart chart) {
        Map<String, String> paths = new HashMap<>();
        for (ApiObject object : ApiObjects.in(chart)) {
            paths.put(
                    Documents.identity(
                            object.getApiVersion(),
                            object.getKind(),
                            object.getMetadata().getNamespace(),
                            object.getName()),
                    object.getNode().getPath());
        }
        return paths;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
