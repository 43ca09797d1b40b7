package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.check.Checks;
import io.meshwright.environment.MergedYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** An environment that does all that can be done with its log lines. */
class LogsTest {
    private static final Path RESOURCES = Path.of("test/resources");

    @Test
    void is_rendered_without_a_finding_and_with_room_for_patterns() throws IOException {
        SortedMap<String, String> objects = Rendering.objects(MergedYaml.of(
                Files.readString(RESOURCES.resolve("agreement/base.yaml")),
                Files.readString(RESOURCES.resolve("environments/logs.yaml"))));

        assertThat(Checks.run(Rendering.read(objects), Optional.empty()).all())
                .extracting(Object::toString)
                .noneMatch(finding -> finding.startsWith("observability/"));
        assertThat(text(objects, "configmap.monitoring.loki-rules", "ConfigMap/monitoring.loki-rules"))
                .contains("log-messages.yaml", "topk(10,", "destination_service_name: web")
                .doesNotContain("destination_service_name: api");
        assertThat(text(objects, "deployment.monitoring.loki", "Deployment/monitoring.loki"))
                .contains("512Mi");
        assertThat(text(objects, "configmap.monitoring-agents.log-agent", "ConfigMap/monitoring-agents.log-agent"))
                .contains("transform/redact");
    }

    private static String text(SortedMap<String, String> objects, String... names) {
        return objects.entrySet().stream()
                .filter(object -> java.util.Arrays.stream(names)
                        .anyMatch(name -> object.getKey().contains(name)))
                .map(java.util.Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError(objects.keySet().toString()));
    }
}
