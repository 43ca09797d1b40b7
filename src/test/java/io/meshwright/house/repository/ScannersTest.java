package io.meshwright.house.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.Fixtures;
import io.meshwright.construct.observability.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Security scanners find nothing grave in dist whose reason is not written beside what causes it. */
class ScannersTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final int CRITICAL = 1;
    private final SortedMap<String, TreeSet<String>> found = new TreeMap<>();

    @Test
    void kube_score_finds_nothing_critical_but_what_has_a_reason() throws Exception {
        for (String environment : Fixtures.names()) {
            JsonNode objects = YAML.readTree(Program.of("kube-score")
                    .run(Fixtures.dist(), score(environment))
                    .output());
            objects.forEach(object -> object.path("checks").forEach(check -> {
                if (check.path("grade").asInt() == CRITICAL
                        && !check.path("skipped").asBoolean()) {
                    found(
                            check.at("/check/id").asText(),
                            object.path("object_name").asText());
                }
            }));
        }

        allHaveReasons("kube-score");
    }

    @Test
    void checkov_finds_nothing_but_what_has_a_reason(@TempDir Path folder) throws Exception {
        Program.of("checkov")
                .run(
                        folder,
                        "--directory",
                        Fixtures.dist().toString(),
                        "--framework",
                        "kubernetes",
                        "--quiet",
                        "--compact",
                        "--output",
                        "json",
                        "--output-file-path",
                        folder.toString());

        YAML.readTree(Files.readString(folder.resolve("results_json.json")))
                .at("/results/failed_checks")
                .forEach(check -> found(
                        check.path("check_id").asText(),
                        check.path("resource").asText().replace('.', '/')));

        allHaveReasons("checkov");
    }

    private static String[] score(String environment) {
        List<String> arguments = new ArrayList<>(List.of("score", "--output-format", "json"));
        Fixtures.manifests(environment).forEach((path, manifest) -> {
            if (manifest.has("kind")) {
                arguments.add(path);
            }
        });
        return arguments.toArray(String[]::new);
    }

    /** The object's last name, behind its kind, version and namespace. */
    private void found(String check, String object) {
        found.computeIfAbsent(check, key -> new TreeSet<>()).add(object.substring(object.lastIndexOf('/') + 1));
    }

    private void allHaveReasons(String scanner) throws IOException {
        JsonNode accepted = YAML.readTree(Files.readString(Path.of("test/resources/scanners/accepted.yaml")))
                .path(scanner);
        assertThat(found.keySet())
                .as("findings, each with a reason, and reasons, each with a finding")
                .containsExactlyElementsOf(accepted.properties().stream()
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList());
        for (Map.Entry<String, JsonNode> reason : accepted.properties()) {
            assertThat(Repository.ROOT.resolve(reason.getValue().path("beside").asText()))
                    .content()
                    .contains(reason.getKey());
            List<String> only = new ArrayList<>();
            reason.getValue().path("only").forEach(name -> only.add(name.asText()));
            assertThat(only.isEmpty() || found.get(reason.getKey()).equals(new TreeSet<>(only)))
                    .as("%s: %s", reason.getKey(), found.get(reason.getKey()))
                    .isTrue();
        }
    }
}
