package io.meshwright.construct.observability.settings;

import io.meshwright.value.Defaulted;
import io.meshwright.value.SecretRef;

/**
 * The Secrets that must exist before the stack starts; their values never pass through Git.
 *
 * @param grafanaAdmin password of Grafana's administrator, in the namespaces of Grafana and of Kiali; default
 *     {@code grafana-admin/password}
 * @param kialiSigningKey 16, 24 or 32 bytes by which Kiali signs its sessions, so that they outlive it, in Kiali's
 *     namespace; default {@code kiali-signing-key/key}
 */
public record Credentials(
        @Defaulted SecretRef grafanaAdmin, @Defaulted SecretRef kialiSigningKey) {
    public Credentials {
        grafanaAdmin =
                (grafanaAdmin == null ? SecretRef.of("grafana-admin/password") : grafanaAdmin).keyed("grafanaAdmin");
        kialiSigningKey = (kialiSigningKey == null ? SecretRef.of("kiali-signing-key/key") : kialiSigningKey)
                .keyed("kialiSigningKey");
    }

    public static Credentials defaults() {
        return new Credentials(null, null);
    }
}
