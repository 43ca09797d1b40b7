package io.meshwright.check.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.IstioVersion;
import io.meshwright.value.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The schemas of the custom resources that the program knows, for one Istio release; read when a kind is asked for. */
public final class CustomResources {

  private static final String FOLDER = "/crds/";
  private static final String ISTIO = "istio-";
  private static final Map<String, Map<String, JsonNode>> READ = new ConcurrentHashMap<>();

  private final List<String> index;
  private final String istio;

  public CustomResources(IstioVersion version) {
    this.index = text("index.txt").lines().toList();
    this.istio = release(version.version());
  }

  /** The newest release here that is not newer than the mesh's, else the oldest. */
  private String release(Version version) {
    List<Version> known = index.stream().filter(file -> file.startsWith(ISTIO))
        .map(file -> Version.of(file.substring(ISTIO.length(), file.indexOf('/')))).distinct().sorted().toList();
    return known.stream().filter(version::isAtLeast).reduce((older, newer) -> newer)
        .or(() -> known.stream().findFirst())
        .map(release -> "%s%s/".formatted(ISTIO, release)).orElse(ISTIO);
  }

  /**
   * The schema of an object's kind, whatever version of it the object is written in; empty for kinds that are not
   * known.
   */
  public Optional<JsonNode> schema(Manifest manifest) {
    String file = "%s.yaml".formatted(manifest.kind().group());
    return index.stream().filter(name -> name.equals(file) || name.equals(istio.concat(file))).findFirst()
        .map(name -> READ.computeIfAbsent(name, CustomResources::read).get(manifest.kind().name()));
  }

  private static Map<String, JsonNode> read(String name) {
    Map<String, JsonNode> schemas = new TreeMap<>();
    ManifestReader.of(name, text(name)).manifests().all().forEach(definition -> schemas.put(
        definition.at("/spec/names/kind").asText(""), definition.at("/spec/versions/0/schema/openAPIV3Schema")));
    return schemas;
  }

  private static String text(String name) {
    try (InputStream stream = CustomResources.class.getResourceAsStream(FOLDER.concat(name))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
