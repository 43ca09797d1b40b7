package io.meshwright.check.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.check.schema.BuiltIn;
import io.meshwright.check.schema.CustomResources;
import io.meshwright.check.schema.SchemaWalk;
import io.meshwright.check.schema.Violation;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The API server refuses an object that breaks the schema of its kind, and drops fields that the schema does not have.
 */
public final class ObjectsValid implements Check {

  @Override
  public Stream<Finding> run(Mesh mesh) {
    CustomResources custom = new CustomResources(mesh.version());
    return mesh.manifests().all().parallelStream().flatMap(manifest -> violations(custom, manifest).stream()
        .map(violation -> finding(manifest, violation)));
  }

  private static List<Violation> violations(CustomResources custom, Manifest manifest) {
    Optional<JsonNode> schema = custom.schema(manifest);
    return schema.isPresent() ? SchemaWalk.of(schema.get(), manifest.body()) : BuiltIn.violations(manifest);
  }

  private static Finding finding(Manifest manifest, Violation violation) {
    Rule rule = violation.unknown() ? Rule.FIELD_UNKNOWN : Rule.OBJECT_INVALID;
    String path = violation.pointer().isEmpty() ? "" : "%s: ".formatted(violation.pointer().substring(1)
        .replace("~1", "/").replace('/', '.'));
    return rule.at(Source.of(manifest).at(violation.pointer()), path.concat(violation.message()));
  }
}
