package io.meshwright.value.traffic;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Host;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.Word;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends the client elsewhere; what is not given stays as the client asked for it. */
@Doc("Sends the client elsewhere.")
public record Redirect(
        @Nullable @Doc("http or https.") Scheme scheme,
        @Nullable @Doc("Other host.") Host host,
        @Nullable @Doc("Other path.") String path,
        @Nullable @Doc("Other port.") Port port,

        @Defaulted @Doc("301, 302, 303, 307 or 308; default 301.")
        Integer code) {
    private static final int MOVED_PERMANENTLY = 301;
    // Envoy knows these five; any other makes a route without action (istio-proxy RedirectResponseCode).
    private static final Set<Integer> CODES = Set.of(MOVED_PERMANENTLY, 302, 303, 307, 308);

    public Redirect {
        code = code == null ? MOVED_PERMANENTLY : code;
        Require.that(
                scheme != null || host != null || path != null || port != null,
                "",
                "leads nowhere",
                "give scheme, host, path or port");
        RoutePath.target("path", path);
        Require.that(
                CODES.contains(code),
                "code",
                "\"%d\" is not a redirect that Envoy knows".formatted(code),
                "use 301, 302, 303, 307 or 308");
    }

    /** The protocol by which the client shall come back. */
    public enum Scheme {
        @Word("http")
        HTTP,
        @Word("https")
        HTTPS
    }
}
