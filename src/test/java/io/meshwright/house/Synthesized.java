package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.check.Checks;
import io.meshwright.check.Findings;
import io.meshwright.environment.Environment;
import io.meshwright.environment.reader.RecordReader;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Reading;
import io.meshwright.mesh.Mesh;
import io.meshwright.stack.PlatformApp;
import io.meshwright.stack.RenderedObject;
import io.meshwright.trace.Trace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A platform as the program makes it of a committed environment file, or of one with some keys changed. */
final class Synthesized {
  private static final Path VARIANTS = Path.of("test/resources/environments");
  private static final YAMLMapper YAML = YAMLMapper.builder()
      .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES, YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS).build();

  static {
    YAML.configOverride(ArrayNode.class).setMergeable(false);
  }

  private final Environment environment;
  private final List<RenderedObject> objects;
  private final Reading manifests;

  private Synthesized(Environment environment) throws IOException {
    this.environment = environment;
    this.objects = PlatformApp.objects(environment);
    ManifestReader reader = new ManifestReader();
    objects.forEach(object ->
        reader.text("%s/%s".formatted(object.stack(), path(object)), object.text(), object.construct()));
    this.manifests = reader.read();
  }

  static Synthesized committed(String name) {
    return of(file(name));
  }

  /** The committed environment with the keys of {@code variant}: maps are merged, everything else is replaced. */
  static Synthesized variant(String name, String variant) {
    return of(text(name, variant));
  }

  /** The environment file that such a variant is. */
  static String text(String name, String variant) {
    try {
      JsonNode patch = YAML.readTree(Files.readString(VARIANTS.resolve(variant.concat(".yaml"))));
      return YAML.writeValueAsString(merged(YAML.readTree(file(name)), patch));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As RFC 7396 merges, without its removals. */
  private static JsonNode merged(JsonNode base, JsonNode patch) {
    if (!(base instanceof ObjectNode object) || !patch.isObject()) {
      return patch;
    }
    patch.properties()
        .forEach(entry -> object.set(entry.getKey(), merged(object.path(entry.getKey()), entry.getValue())));
    return object;
  }

  private static Synthesized of(String file) {
    var reading = RecordReader.read("file.yaml", file.getBytes(StandardCharsets.UTF_8), Environment.class);
    assertThat(reading).isInstanceOf(io.meshwright.environment.reader.Reading.Accepted.class);
    try {
      return new Synthesized(((io.meshwright.environment.reader.Reading.Accepted<Environment>) reading).value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String file(String name) {
    try {
      return Files.readString(Repository.ENVIRONMENTS.resolve(name.concat(".yaml")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String path(RenderedObject object) {
    return object.namespace() == null ? "%s.%s.yaml".formatted(object.kind(), object.name())
        : "%s.%s.%s.yaml".formatted(object.kind(), object.namespace(), object.name());
  }

  Environment environment() {
    return environment;
  }

  Trace trace() {
    return Trace.of(mesh());
  }

  Mesh mesh() {
    return Mesh.of(manifests.manifests());
  }

  Findings findings() {
    return Checks.run(manifests, Optional.empty());
  }

  JsonNode namespace(String name) {
    return object("Namespace", null, name);
  }

  /** The only object with this kind, namespace and name. */
  JsonNode object(String kind, String namespace, String name) {
    List<RenderedObject> found = objects.stream().filter(object -> object.kind().equals(kind)
        && Objects.equals(object.namespace(), namespace) && object.name().equals(name)).toList();
    assertThat(found).as("%s %s/%s", kind, namespace, name).hasSize(1);
    try {
      return YAML.readTree(found.get(0).text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
