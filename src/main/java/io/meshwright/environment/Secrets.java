package io.meshwright.environment;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Url;
import io.meshwright.value.Word;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Source of secret values; the file holds their names only. */
@Doc("Where secret values come from; the file holds their names only.")
public record Secrets(
        @Nullable @Doc("Store that External Secrets reads; absent: every Secret is made by hand.")
        Store store,

        @Defaulted @Doc("Secrets synced from the store, by namespace/name: key of the Secret to key of the store.")
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
                        key.matches("[a-z0-9.-]+/[a-z0-9.-]+"),
                        "synced",
                        "\"%s\" names no Secret".formatted(key),
                        "write namespace/name"));
    }

    static Secrets byHand() {
        return new Secrets(null, null);
    }

    /** A store of secret values. */
    @Doc("A store of secret values.")
    public sealed interface Store permits AzureKeyVault {}

    /** Azure Key Vault, read with workload identity. */
    @Word("azureKeyVault")
    @Doc("Azure Key Vault, read with workload identity.")
    public record AzureKeyVault(
            @Required @Doc("Address of the vault, for example https://name.vault.azure.net.")
            Url vault,

            @Required @Doc("Microsoft Entra tenant of that identity, a UUID.")
            String tenant,

            @Required @Doc("Client of the managed identity that may read it, a UUID.")
            String clientId)
            implements Store {
        public AzureKeyVault {
            Require.present("vault", vault);
            Require.notBlank("tenant", tenant);
            Require.notBlank("clientId", clientId);
        }
    }
}
