package io.meshwright.house.platform;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.check.Checks;
import io.meshwright.environment.MergedYaml;
import io.meshwright.house.Rendering;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** Each program of monitoring is ours, that of others, or nobody's, and everything around it agrees. */
class MonitoringPartsTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path RESOURCES = Path.of("test/resources");
    private static final List<SortedMap<String, String>> PARTS = objects();
    private static final SortedMap<String, String> OPERATOR = PARTS.get(0);
    private static final SortedMap<String, String> PLAIN = PARTS.get(1);
    private static final SortedMap<String, String> OUTSIDE = PARTS.get(2);
    private static final SortedMap<String, String> GUARDED = PARTS.get(3);
    private static final SortedMap<String, String> METRICS = PARTS.get(4);
    private static final SortedMap<String, String> NONE = PARTS.get(5);

    @Test
    void are_admitted_by_api_server_and_checks() {
        for (SortedMap<String, String> objects : PARTS) {
            assertThat(Checks.run(Rendering.read(objects), Optional.empty()).all())
                    .extracting(Object::toString)
                    .isEmpty();
        }
    }

    private static JsonNode read(SortedMap<String, String> objects, String name) {
        assertThat(objects).containsKey(name);
        try {
            return YAML.readTree(objects.get(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<SortedMap<String, String>> objects() {
        try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class)
                .readValues(RESOURCES.resolve("environments/observability.yaml").toFile())) {
            String base = Files.readString(RESOURCES.resolve("agreement/base.yaml"));
            List<SortedMap<String, String>> parts = new ArrayList<>();
            for (JsonNode document : documents.readAll()) {
                parts.add(Rendering.objects(MergedYaml.of(base, YAML.writeValueAsString(document))));
            }
            return parts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
