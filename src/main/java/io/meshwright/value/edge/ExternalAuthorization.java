package io.meshwright.value.edge;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.security.PathPattern;
import java.util.List;

/** Requests of a host about which an authorizer is asked. */
@Doc("Requests about which an authorizer is asked first.")
@Sample("{authorizer: oauth2-proxy}")
public record ExternalAuthorization(
        @Required @Doc("Name of an entry of istio.authorizers.")
        Name authorizer,

        @Defaulted @Doc("Paths about which it is asked; default: all.")
        List<PathPattern> protectedPaths,

        @Defaulted @Doc("Paths among them about which it is not.")
        List<PathPattern> publicPaths) {
    public ExternalAuthorization {
        Require.present("authorizer", authorizer);
        protectedPaths = protectedPaths == null ? List.of() : List.copyOf(protectedPaths);
        publicPaths = publicPaths == null ? List.of() : List.copyOf(publicPaths);
        Require.that(
                publicPaths.stream().noneMatch(PathPattern::isEverything),
                "publicPaths",
                "has every path, so that nobody is asked",
                "remove it, or externalAuthorization");
    }
}
