package io.meshwright.check.evidence;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.extension.ProxyPatch;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A patch of an EnvoyFilter: its operation, and the kind of Envoy's configuration that it applies to. */
public record FilterPatch(Manifest filter, int index, String operation, String target, boolean isIgnored) {
    public static Stream<FilterPatch> all(Mesh mesh) {
        return mesh.manifests().kind(Kind.ENVOY_FILTER).stream().flatMap(filter -> {
            List<ProxyPatch> patches = ProxyPatch.of(filter).toList();
            return IntStream.range(0, patches.size()).mapToObj(index -> of(filter, index, patches.get(index)));
        });
    }

    private static FilterPatch of(Manifest filter, int index, ProxyPatch patch) {
        return new FilterPatch(filter, index, patch.operation(), patch.target(), patch.isIgnored());
    }

    public Source source() {
        return Source.of(filter).item("spec/configPatches", index).at("/patch/operation");
    }
}
