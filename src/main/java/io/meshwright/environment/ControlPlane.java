package io.meshwright.environment;

import io.meshwright.value.Doc;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Shorthand;
import io.meshwright.value.Version;
import org.jspecify.annotations.Nullable;

/** One istiod installation of a mesh. */
@Doc("A control plane, for example 1.23.4, or {version: 1.26.2, revision: 1-26-2}.")
public record ControlPlane(
        @Required @Doc("Its Istio release.") Version version,
        @Nullable @Doc("Its name; default: none.") Name revision) {
    /** Name in Istio's webhooks and labels of a control plane that has no name of its own. */
    static final Name UNNAMED = Name.of("default");

    public ControlPlane {
        Require.present("version", version);
        if (UNNAMED.equals(revision)) {
            throw new InvalidValue(
                    "revision", "\"%s\" is the control plane without a name".formatted(revision), "leave it out");
        }
    }

    @Shorthand
    public static ControlPlane of(Version version) {
        return new ControlPlane(version, null);
    }

    /** The name by which labels and tags call it: its own, or {@code default}. */
    public Name label() {
        return revision == null ? UNNAMED : revision;
    }
}
