package io.meshwright.plan.side;

import io.meshwright.check.Checks;
import io.meshwright.check.Findings;
import io.meshwright.check.Verdicts;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.manifest.Reading;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import java.util.Optional;

/**
 * A set of manifests, what Istio makes of them, and what the checks find.
 *
 * @param root what the names of its files begin with
 */
public record Side(String root, Mesh mesh, Findings findings) {
    /** With the release that the manifests name, unless the caller knows better. */
    public static Side of(String root, Reading reading, Optional<IstioVersion> version) {
        return of(root, reading, version, Verdicts.none());
    }

    /** The same where the other side shares the bodies of its objects. */
    public static Side of(String root, Reading reading, Optional<IstioVersion> version, Verdicts verdicts) {
        Manifests distinct = reading.manifests().distinct();
        Mesh mesh = Mesh.of(distinct, version);
        return new Side(root, mesh, Checks.run(reading, mesh, version, verdicts));
    }

    /** The file of an object, as seen from where this side lies. */
    public String file(Manifest manifest) {
        String file = manifest.place().file();
        return file.startsWith(root) ? file.substring(root.length()) : file;
    }

    public Manifests manifests() {
        return mesh.manifests();
    }
}
