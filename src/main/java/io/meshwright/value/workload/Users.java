package io.meshwright.value.workload;

import io.meshwright.value.Require;
import org.jspecify.annotations.Nullable;

/** Numeric users of processes in the mesh. */
final class Users {
    private static final long SIDECAR = 1337;

    private Users() {}

    static void check(@Nullable Long user) {
        Require.that(
                user == null || user > 0 && user != SIDECAR,
                "user",
                "\"%d\" cannot run a meshed application".formatted(user),
                "give a user above 0; 1337 is the sidecar's own, whose traffic skips the mesh");
    }
}
