package io.meshwright.value.traffic;

import io.meshwright.value.Doc;
import io.meshwright.value.Host;
import io.meshwright.value.Require;
import io.meshwright.value.Sample;
import org.jspecify.annotations.Nullable;

/** Changes a request's path or host on its way to the service. */
@Doc("Changes path or host on the way to the service.")
public record Rewrite(
        @Nullable @Doc("What stands for the matched path; after a regex, \\1 is its first group.") @Sample("/v2")
        String path,

        @Nullable @Doc("Host that the service is told.") Host host) {
    public Rewrite {
        Require.that(path != null || host != null, "", "changes nothing", "give path or host");
        RoutePath.target("path", path);
        Require.that(
                host == null || !host.isWildcard(), "host", "\"%s\" is not one host".formatted(host), "name one host");
    }

    public static Rewrite path(String path) {
        return new Rewrite(path, null);
    }
}
