package io.meshwright.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.house.Rendering;
import io.meshwright.house.fixture.Beside;
import io.meshwright.house.fixture.FixtureFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real API server is asked about every object of every fixture, in namespaces that are really there: it would take
 * each as it stands, with no field unknown and no word of warning, and pods within what their namespace admits.
 */
@Tag("rehearsal")
class FixturesAdmittedTest {
    private static final String ENFORCED = "pod-security.kubernetes.io/enforce";
    private static final String WARNED = "pod-security.kubernetes.io/warn";

    /** Argo CD's own name, which the API server would have longer. */
    private static final String FINALIZER = "metadata.finalizers: \"resources-finalizer.argocd.argoproj.io\"";

    @TempDir
    private static Path temporary;

    private static Rehearsal rehearsal;

    @BeforeAll
    static void has_the_definitions() throws Exception {
        rehearsal = Rehearsal.of("fixtures").start();
        Path definitions = Files.createDirectories(temporary.resolve("definitions"));
        CustomDefinitions.write(definitions);
        rehearsal.kubectl("apply", "--server-side", "-f", definitions);
        rehearsal.kubectl("wait", "--for=condition=Established", "--timeout=120s", "crd", "--all");
    }

    @AfterAll
    static void ends() throws Exception {
        if (rehearsal != null) {
            rehearsal.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> is_admitted() {
        return FixtureFiles.all().entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(file.getKey(), () -> ask(file.getKey(), file.getValue())));
    }

    private static void ask(String name, String file) throws IOException, InterruptedException {
        Path namespaces = Files.createDirectories(temporary.resolve(name).resolve("namespaces"));
        Path asked = Files.createDirectories(temporary.resolve(name).resolve("asked"));
        List<JsonNode> objects = new ArrayList<>();
        for (String text : Rendering.objects(file, new Beside()).values()) {
            JsonNode object = Dist.YAML.readTree(text);
            // Values of charts and the like lie beside the manifests, and are applied to no cluster.
            if (object.has("kind")
                    && object.has("apiVersion")
                    && !object.path("apiVersion").asText().startsWith("meshwright.io/")) {
                objects.add(object);
            }
        }
        for (Map.Entry<String, JsonNode> namespace : namespaces(objects).entrySet()) {
            write(namespaces, namespace.getKey(), namespace.getValue());
        }
        for (int i = 0; i < objects.size(); i++) {
            write(asked, "%04d".formatted(i), objects.get(i));
        }

        rehearsal.kubectl("apply", "--server-side", "--force-conflicts", "-f", namespaces);
        String said = rehearsal.kubectl(
                "apply", "--server-side", "--force-conflicts", "--dry-run=server", "--validate=strict", "-f", asked);

        assertThat(said.lines().filter(line -> line.contains("(server dry run)")))
                .hasSameSizeAs(objects);
        assertThat(said.lines().filter(line -> !line.contains("(server dry run)") && !line.contains(FINALIZER)))
                .isEmpty();
    }

    /** Those of the fixture and those that are there before, by name; each warns of pods that it would not admit. */
    private static SortedMap<String, JsonNode> namespaces(List<JsonNode> objects) {
        SortedSet<String> named = new TreeSet<>();
        objects.forEach(object -> named.add(object.at("/metadata/namespace").asText("")));
        named.remove("");
        SortedMap<String, JsonNode> namespaces = new TreeMap<>();
        named.forEach(name -> namespaces.put(name, namespace(name)));
        objects.stream()
                .filter(object -> object.path("kind").asText().equals("Namespace"))
                .forEach(object -> namespaces.put(object.at("/metadata/name").asText(), warning(object.deepCopy())));
        return namespaces;
    }

    private static JsonNode namespace(String name) {
        ObjectNode namespace =
                Dist.YAML.createObjectNode().put("apiVersion", "v1").put("kind", "Namespace");
        namespace.putObject("metadata").put("name", name);
        return namespace;
    }

    private static JsonNode warning(JsonNode namespace) {
        JsonNode labels = namespace.at("/metadata/labels");
        if (labels.has(ENFORCED)) {
            ((ObjectNode) labels).set(WARNED, labels.path(ENFORCED));
        }
        return namespace;
    }

    private static void write(Path folder, String name, JsonNode object) throws IOException {
        Files.writeString(folder.resolve("%s.yaml".formatted(name)), Dist.YAML.writeValueAsString(object));
    }
}
