package io.meshwright.check.evidence;

import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.stream.Stream;

/** The objects to which policies are attached. */
public final class PolicyTargets {
    private PolicyTargets() {}

    /**
     * Each place in targetRef and targetRefs of policies of these kinds; empty values where a policy has no targetRef.
     */
    public static Stream<Source> of(Mesh mesh, List<Kind> kinds) {
        return kinds.stream()
                .flatMap(kind -> mesh.manifests().kind(kind).stream())
                .flatMap(policy -> Stream.concat(
                        Stream.of(Source.of(policy).at("/spec/targetRef")),
                        Source.of(policy).items("spec/targetRefs")));
    }
}
