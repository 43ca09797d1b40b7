package io.meshwright.heal;

import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/** Trust in the certificates of one file, and in no other. */
final class TrustedBy {
    private TrustedBy() {}

    /**
     * Trust for connections.
     *
     * @param file certificates in PEM, as the kubelet mounts them
     * @throws InvalidValue when it holds none
     */
    static SSLContext file(Path file) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, MutualTls.trusting("--ca-file", file).getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException broken) {
            throw new InvalidValue(
                    "--ca-file", "\"%s\" holds no certificates".formatted(file), "name the API server's, in PEM");
        }
    }
}
