package io.meshwright.stack;

import io.meshwright.construct.object.ApiObjects;
import io.meshwright.environment.Environment;
import io.meshwright.value.MeshwrightNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.cdk8s.Chart;

/** Tells checks, on the objects around pods that others run, that these pods are among other manifests. */
final class ForeignPods {
    private static final Map<String, String> SILENT =
            Map.of("AuthorizationPolicy", "MESH197", "DestinationRule", "MESH172", "Service", "MESH287");

    private ForeignPods() {}

    static void note(Chart chart, Environment environment) {
        Map<String, Map<String, String>> notes = new LinkedHashMap<>();
        environment.services().forEach((name, service) -> {
            if (service.isExisting()) {
                ApiObjects.below(chart).stream()
                        .filter(object -> SILENT.containsKey(object.kind()))
                        .filter(object -> Stream.of("/%s/", "/connections-%s/")
                                .anyMatch(part -> object.path().contains(part.formatted(name))))
                        .forEach(object -> notes.put(
                                object.path(),
                                Map.of(
                                        MeshwrightNames.IGNORE,
                                        "%s: others run these pods".formatted(SILENT.get(object.kind())))));
            }
        });
        ApiObjects.annotate(chart, notes);
    }
}
