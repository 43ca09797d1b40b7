package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.check.Checks;
import io.meshwright.check.Finding;
import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tools that count on a disk get one, and a claim that is there already keeps its class. */
class ToolStorageTest {
    private static final String KEPT = "(?s)\n  storage:\n.*?(?=\n  \\w)";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
      prometheus | Prometheus does not support NFS
      grafana    | Grafana's SQLite counts on locks
      jaeger     | Jaeger's Badger locks its folder
      """)
    void a_network_file_system_is_refused_to_each_that_forbids_it(String tool, String why) throws IOException {
        String told = problems(Rendering.file("egov").replaceFirst(KEPT, ""));

        assertThat(told)
                .containsPattern("file\\.yaml:\\d+:\\d+ cluster\\.platform\\.storageClass: \"nfs-client\" is a "
                        + "network file system, and %s".formatted(why))
                .contains("observability.storage.classes.%s".formatted(tool));
        assertThat(told.lines()).hasSize(3);
    }

    @Test
    void a_class_that_only_the_file_knows_is_refused_like_one_that_everybody_knows() throws IOException {
        String file = Rendering.file("homelab")
                .replaceFirst("\ncluster:\n", "\ncluster:\n  storageClasses: {silver: network}\n")
                .replaceFirst(
                        "\nobservability:\n",
                        "\nobservability:\n  storage: {classes: {jaeger: silver, alertmanager: silver}}\n");

        assertThat(problems(file).lines())
                .hasSize(1)
                .first()
                .asString()
                .contains("observability.storage.classes.jaeger: \"silver\" is a network file system");
    }

    @Test
    void a_service_that_forbids_it_is_refused_too() throws IOException {
        String file = Rendering.file("homelab")
                .replaceFirst("docker\\.io/library/mysql:8\\.4\\.6", "quay.io/prometheus/prometheus:v3.5.0")
                .replace("mountPath: /var/lib/mysql", "mountPath: /prometheus, storageClass: azurefile-csi");

        assertThat(problems(file))
                .contains("services.mysql.container.storage.storageClass: \"azurefile-csi\" is a network");
    }

    @Test
    void one_volume_has_a_class_of_its_own() throws IOException {
        SortedMap<String, String> objects = Rendering.objects(Rendering.file("homelab")
                .replaceFirst(
                        "\nobservability:\n", "\nobservability:\n  storage: {classes: {prometheus: longhorn}}\n"));

        assertThat(claim(objects, "monitoring", "prometheus")
                        .at("/spec/storageClassName")
                        .asText())
                .isEqualTo("longhorn");
        assertThat(claim(objects, "monitoring", "grafana")
                        .at("/spec/storageClassName")
                        .asText())
                .isEqualTo("local-path");
    }

    /** A bound claim refuses another class, so what is installed today decides; new annotations it takes. */
    @ParameterizedTest
    @ValueSource(strings = {"prometheus", "grafana", "jaeger", "loki", "alertmanager", "grafana-backup"})
    void the_claims_of_egov_ask_for_what_they_have(String name) throws IOException {
        JsonNode claim = claim(Rendering.objects(Rendering.file("egov")), "egov-monitoring", name);

        assertThat(claim.at("/spec/storageClassName").asText()).isEqualTo("nfs-client");
        assertThat(claim.at("/metadata/annotations/argocd.argoproj.io~1sync-options")
                        .asText())
                .isEqualTo("Prune=confirm,Delete=confirm");
    }

    @Test
    void a_kept_class_is_kept_on_somebodys_word() throws IOException {
        JsonNode notes = claim(Rendering.objects(Rendering.file("egov")), "egov-monitoring", "prometheus")
                .at("/metadata/annotations");

        assertThat(notes.path("meshwright.io/owner").asText()).isEqualTo("platform team");
        assertThat(notes.path("meshwright.io/expires").asText()).isEqualTo("2027-06-30");
        assertThat(notes.path("meshwright.io/ignore").asText())
                .startsWith("MESH314: ")
                .endsWith(notes.path("meshwright.io/reason").asText());
    }

    @Test
    void a_class_for_all_volumes_is_refused_where_each_has_its_own() throws IOException {
        String five = "prometheus: a, grafana: a, loki: a, jaeger: a, alertmanager: a";

        assertThat(problems(classes(five.concat(", backups: a"))))
                .contains("observability.volumes.storageClass: is the class of no volume");
        assertThat(EnvironmentReader.read("file.yaml", classes(five).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Reading.Accepted.class);
    }

    private static String classes(String ofTools) throws IOException {
        return Rendering.file("homelab")
                .replaceFirst(
                        "\nobservability:\n",
                        "\nobservability:\n  volumes: {storageClass: gold}\n  storage: {classes: {%s}}\n"
                                .formatted(ofTools));
    }

    @Test
    void a_class_that_nobody_knows_is_a_note_until_the_file_says_what_it_is() throws IOException {
        String gold = Rendering.file("homelab").replaceFirst("storageClass: local-path", "storageClass: gold");

        assertThat(findings(gold)).contains("nothing here tells whether the volumes of class \"gold\" are disks");
        assertThat(findings(gold.replaceFirst("\ncluster:\n", "\ncluster:\n  storageClasses: {gold: block}\n")))
                .doesNotContain("MESH314");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
      [prometheus, grafana, jaeger, loki] | []                                | observability.storage.kept[0].volumes
      owner: platform team                | owner: ""                         | observability.storage.kept[0].owner
      [prometheus, grafana, jaeger, loki] | [prometheus, tempo]               | observability.storage.kept[0].volumes[1]
      [prometheus, grafana, jaeger, loki] | [prometheus, grafana, prometheus] | is kept twice
      """)
    void a_kept_class_without_terms_is_refused(String right, String wrong, String told) throws IOException {
        assertThat(Rendering.file("egov")).contains(right);
        assertThat(problems(Rendering.file("egov").replace(right, wrong))).contains(told);
    }

    private static JsonNode claim(SortedMap<String, String> objects, String namespace, String name) throws IOException {
        return new YAMLMapper()
                .readTree(objects.get("observability/PersistentVolumeClaim/%s.%s".formatted(namespace, name)));
    }

    private static String findings(String file) throws IOException {
        return Checks.run(Rendering.read(Rendering.objects(file)), Optional.empty()).all().stream()
                .map(Finding::toString)
                .collect(Collectors.joining("\n"));
    }

    private static String problems(String file) {
        var reading = EnvironmentReader.read("file.yaml", file.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).isInstanceOf(Reading.Refused.class);
        return ((Reading.Refused<Environment>) reading)
                .problems().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }
}
