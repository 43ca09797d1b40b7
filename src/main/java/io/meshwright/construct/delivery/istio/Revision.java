package io.meshwright.construct.delivery.istio;

import io.meshwright.value.Name;
import java.util.Optional;

/** A control plane: the one without a name, or a named one beside others. */
public record Revision(Optional<Name> name) {
    /** The control plane without a name. */
    public static Revision only() {
        return new Revision(Optional.empty());
    }

    public static Revision of(Name name) {
        return new Revision(Optional.of(name));
    }

    /** Name of the control plane's Service and of its Helm release. */
    public Name istiod() {
        return Name.of("istiod%s".formatted(suffix()));
    }

    /** Its name in labels and webhooks. */
    String label() {
        return name.map(Name::value).orElse("default");
    }

    /** The end of the names of this control plane's objects: empty, or {@code -1-30-5}. */
    String suffix() {
        return name.map("-%s"::formatted).orElse("");
    }
}
