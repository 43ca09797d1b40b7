package io.meshwright.value.workload;

import io.meshwright.value.Require;
import io.meshwright.value.SecretRef;
import java.util.Map;

/** Environment variables of one container: no secret in the open, and none that stands twice. */
final class Variables {
    private Variables() {}

    static void check(Map<String, String> env, Map<String, SecretRef> secretEnv) {
        secretEnv.forEach((variable, secret) -> Require.that(
                secret.key().isPresent(),
                "secretEnv." + variable,
                "\"%s\" names no key".formatted(secret),
                "write secret/key"));
        env.keySet()
                .forEach(variable -> Require.that(
                        !secretEnv.containsKey(variable),
                        "env." + variable,
                        "is in secretEnv too",
                        "keep one of them"));
        env.forEach(OpenSecrets::refuse);
    }
}
