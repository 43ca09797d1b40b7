package io.meshwright.value.workload.data;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Require;
import io.meshwright.value.SecretRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Environment variables of one container: no secret in the open, none that stands twice, and none that names a later
 * one.
 */
public final class Variables {
    private Variables() {}

    /** Refuses what cannot be, or would not be what it says, by its key of the container. */
    public static void check(Map<String, EnvVar> env, Map<String, SecretRef> secretEnv) {
        secretEnv.forEach((variable, secret) -> secret.keyed("secretEnv." + variable));
        env.keySet()
                .forEach(variable -> Require.that(
                        !secretEnv.containsKey(variable),
                        "env." + variable,
                        "is in secretEnv too",
                        "keep one of them"));
        List<String> before = new ArrayList<>(secretEnv.keySet());
        env.forEach((variable, source) -> {
            if (source.value() != null) {
                OpenSecrets.refuse(variable, source.value());
            }
            source.references().stream()
                    .filter(name -> env.containsKey(name) && !before.contains(name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new InvalidValue(
                                KeyPath.of("env").key(variable),
                                "stands before \"%s\", so that $(%s) stays as it is written".formatted(name, name),
                                "move it below \"%s\"".formatted(name));
                    });
            before.add(variable);
        });
    }
}
