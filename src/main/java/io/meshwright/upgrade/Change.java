package io.meshwright.upgrade;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.value.Version;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Something that a release of Istio does differently with manifests that stay as they are.
 *
 * @param behaviour true on one side of the change and false on the other
 * @param what one sentence for whoever upgrades
 * @param concerned the objects of a mesh for which it makes a difference
 */
record Change(Predicate<IstioVersion> behaviour, String what, Function<Mesh, List<String>> concerned) {
    /** A change that comes with a release. */
    static Change since(String release, String what, Function<Mesh, List<String>> concerned) {
        return new Change(version -> version.version().isAtLeast(Version.of(release)), what, concerned);
    }

    boolean liesBetween(Version from, Version to) {
        return behaviour.test(new IstioVersion(from)) != behaviour.test(new IstioVersion(to));
    }
}
