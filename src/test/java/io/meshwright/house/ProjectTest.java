package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Argo CD's project admits every object that was rendered, and an Application applies every folder. */
class ProjectTest {

  static List<String> environments() {
    return Repository.environments();
  }

  @ParameterizedTest
  @MethodSource("environments")
  void the_project_admits_every_object(String environment) {
    JsonNode project = manifest(environment, "AppProject");
    Set<String> cluster = kinds(project.at("/spec/clusterResourceWhitelist"));
    Set<String> namespaced = kinds(project.at("/spec/namespaceResourceWhitelist"));
    Set<String> namespaces = new HashSet<>(
        StreamSupport.stream(project.at("/spec/destinations").spliterator(), false).map(each -> each.path("namespace").asText()).toList());
    List<String> refused = new ArrayList<>();
    Repository.manifests(environment).forEach((path, manifest) -> {
      if (path.split("/")[1].equals("bootstrap")) {
        return;
      }
      String namespace = manifest.at("/metadata/namespace").asText();
      if (!(namespace.isEmpty() ? cluster : namespaced).contains(kind(manifest))
          || !namespace.isEmpty() && !namespaces.contains(namespace)) {
        refused.add(path);
      }
    });

    assertThat(refused).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("environments")
  void every_folder_has_an_application_and_every_application_its_folder(String environment) {
    Set<String> folders = new HashSet<>();
    Set<String> applied = new HashSet<>();
    Repository.manifests(environment).forEach((path, manifest) -> {
      folders.add(path.split("/")[1]);
      if (manifest.path("kind").asText().equals("Application") && manifest.at("/spec/source").has("path")) {
        String folder = manifest.at("/spec/source/path").asText();
        applied.add(folder.substring(folder.lastIndexOf('/') + 1));
        assertThat(manifest.at("/spec/source/directory/recurse").asBoolean()).as(path).isFalse();
      }
    });
    folders.remove("bootstrap");

    assertThat(applied).isEqualTo(folders);
  }

  private static JsonNode manifest(String environment, String kind) {
    return Repository.manifests(environment).values().stream().filter(each -> each.path("kind").asText().equals(kind))
        .findFirst().orElseThrow();
  }

  private static Set<String> kinds(JsonNode list) {
    Set<String> kinds = new HashSet<>();
    list.forEach(entry -> kinds.add("%s/%s".formatted(entry.path("group").asText(), entry.path("kind").asText())));
    return kinds;
  }

  private static String kind(JsonNode manifest) {
    String version = manifest.path("apiVersion").asText();
    return "%s/%s".formatted(version.contains("/") ? version.substring(0, version.indexOf('/')) : "", manifest.path("kind").asText());
  }
}
