package io.meshwright.environment;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Require;
import io.meshwright.value.pod.ObjectName;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Source of secret values; the file holds their names only. */
@Doc("Where secret values come from; the file holds their names only.")
public record Secrets(
        @Nullable @Doc("Store that External Secrets reads; absent: every Secret is made by hand.")
        SecretStore store,

        @Defaulted
        @Doc(
                "Secrets synced from the store, by namespace/name: key of the Secret to key of the store; key#property takes"
                        + " one property of a value that has several.")
        Map<String, Map<String, String>> synced) {
    public Secrets {
        synced = synced == null ? Map.of() : new LinkedHashMap<>(synced);
        Require.that(
                store != null || synced.isEmpty(),
                "synced",
                "there is no store to sync from",
                "declare store, or remove it");
        synced.keySet()
                .forEach(key -> Require.that(
                        key.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?/".concat(ObjectName.REGEX)),
                        KeyPath.of("synced").key(key).text(),
                        "\"%s\" names no Secret".formatted(key),
                        "write namespace/name"));
        synced.forEach((secret, keys) -> keys.forEach((key, remote) -> Require.that(
                remote.matches("[^#]+(#[^#]+)?"),
                KeyPath.of("synced").key(secret).key(key).text(),
                "\"%s\" is no key of a store".formatted(remote),
                "write key, or key#property")));
    }

    static Secrets byHand() {
        return new Secrets(null, null);
    }
}
