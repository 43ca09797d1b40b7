package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.Environment;
import io.meshwright.environment.SecretStore.Vault;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredListener;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.gateway.CertificateOrigin;
import io.meshwright.value.gateway.Tls;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Vault keeps a set of properties below each path, of which a Secret's key takes one: without its name the whole set
 * arrives as JSON (external-secrets.io, HashiCorp Vault).
 */
public final class RemoteKeysNameProperties implements Agreement {
    private static final String REMEDY = "write path#property, such as shop/database#password";

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        if (environment.secrets().store() instanceof Vault) {
            environment
                    .secrets()
                    .synced()
                    .forEach((secret, keys) -> keys.forEach((key, remote) ->
                            look(KeyPath.of("secrets").key("synced").key(secret).key(key), remote, null, refusals)));
            DeclaredListener.of(environment).flatMap(List::stream).forEach(declared -> look(declared, refusals));
        }
        return refusals;
    }

    private static void look(DeclaredListener declared, List<InvalidValue> refusals) {
        Tls tls = declared.listener().tls();
        if (tls != null) {
            KeyPath at = declared.at().key("tls");
            if (tls.source() == CertificateOrigin.EXTERNAL_SECRET) {
                look(at.key("remoteKey"), tls.remoteKey(), tls.credentialName().toString(), refusals);
            }
            if (declared.listener().asksForClientCertificates()) {
                look(
                        at.key("clientCaKey"),
                        tls.clientCaKey(),
                        tls.clientCaSecret().toString(),
                        refusals);
            }
        }
    }

    /** {@code usual} is the name that counts where none is written. */
    private static void look(KeyPath at, String remote, @Nullable String usual, List<InvalidValue> refusals) {
        if (remote.indexOf('#') < 0) {
            refusals.add(new InvalidValue(
                    at,
                    (remote.equals(usual) ? "is missing, and \"%s\"" : "\"%s\"")
                            .concat(" names no property of what Vault has there")
                            .formatted(remote),
                    REMEDY));
        }
    }
}
