package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import java.util.List;
import java.util.stream.Stream;

/** Of two documents for one object only one reaches the cluster. */
public final class OneObjectPerName implements Check {

  @Override
  public Stream<Finding> run(Mesh mesh) {
    // Objects that the API server names itself share an empty name or a generateName without harm.
    return mesh.manifests().all().stream().filter(manifest -> !manifest.at("/metadata/name").isMissingNode())
        .flatMap(manifest -> {
      List<Manifest> same = mesh.manifests().same(manifest.kind(), manifest.home(), manifest.name());
      return same.get(0) == manifest ? Stream.empty() : Stream.of(Rule.OBJECT_WRITTEN_TWICE.at(manifest,
          "the object is also written at %s; whichever is applied last wins".formatted(same.get(0).place())));
    });
  }
}
