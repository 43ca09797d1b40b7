package io.meshwright.advise;

import io.meshwright.draft.EnvironmentText;
import io.meshwright.environment.Environment;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.traffic.Resilience;
import java.util.Map;

/**
 * A service that says nothing of its resilience has the environment's; its first word of its own would put defaults in
 * the place of all of it, so that word comes with a copy.
 */
final class OwnResilience {
    private static final KeyPath COMMON = KeyPath.of("resilience");
    private static final KeyPath BASES = KeyPath.of("extends");

    private OwnResilience() {}

    /** The key at which a service says how its calls behave. */
    static KeyPath of(Name service) {
        return KeyPath.of("services").key(service.toString()).key("resilience");
    }

    static EnvironmentText before(KeyPath key, EnvironmentText file, Environment environment) {
        return environment.services().entrySet().stream()
                .filter(entry -> entry.getValue().resilience() == null)
                .map(Map.Entry::getKey)
                .map(OwnResilience::of)
                .filter(own -> key.text().startsWith(own.text().concat(".")) && !file.has(own))
                .findFirst()
                .map(own -> copied(own, file, environment))
                .orElse(file);
    }

    private static EnvironmentText copied(KeyPath own, EnvironmentText file, Environment environment) {
        // What a base says beside it is not in this file to be copied.
        if (file.has(COMMON) && !file.has(BASES)) {
            return file.copied(COMMON, own);
        }
        if (environment.resilience().equals(Resilience.defaults())) {
            return file;
        }
        throw new InvalidValue(
                own,
                "would take the place of what a base says under resilience",
                "write it by hand, with a copy of that");
    }
}
