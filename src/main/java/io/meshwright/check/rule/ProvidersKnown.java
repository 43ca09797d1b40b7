package io.meshwright.check.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Source;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A Telemetry that writes access logs must say by which provider, where the mesh has no default. */
public final class ProvidersKnown implements Check {

  @Override
  public Stream<Finding> run(Mesh mesh) {
    boolean byDefault = !mesh.config().body().at("/defaultProviders/accessLogging").isEmpty();
    return byDefault ? Stream.empty() : mesh.manifests().kind(Kind.TELEMETRY).stream()
        .flatMap(telemetry -> IntStream.range(0, telemetry.at("/spec/accessLogging").size()).boxed()
            .filter(index -> isLost(telemetry, index))
            .map(index -> Rule.TELEMETRY_WITHOUT_PROVIDER.at(Source.of(telemetry).item("spec/accessLogging", index),
                "neither the entry nor the mesh names a provider, so nothing is logged by it")));
  }

  private static boolean isLost(Manifest telemetry, int index) {
    JsonNode entry = telemetry.at("/spec/accessLogging").path(index);
    return entry.path("providers").isEmpty() && !entry.path("disabled").asBoolean(false);
  }
}
