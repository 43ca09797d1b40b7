package io.meshwright.construct.traffic;

import imports.io.istio.networking.VirtualServiceSpecHttpCorsPolicy;
import imports.io.istio.networking.VirtualServiceSpecHttpCorsPolicyAllowOrigins;
import imports.io.istio.networking.VirtualServiceSpecHttpCorsPolicyUnmatchedPreflights;
import io.meshwright.value.traffic.Cors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the pages that may call a host, as Istio writes it. */
final class CorsPolicies {
    private CorsPolicies() {}

    static VirtualServiceSpecHttpCorsPolicy of(Cors cors) {
        return VirtualServiceSpecHttpCorsPolicy.builder()
                .allowOrigins(cors.allowOrigins().stream()
                        .map(origin -> VirtualServiceSpecHttpCorsPolicyAllowOrigins.builder()
                                .exact(origin)
                                .build())
                        .toList())
                .allowMethods(cors.allowMethods().stream().map(Enum::name).toList())
                .allowHeaders(orNull(cors.allowHeaders()))
                .exposeHeaders(orNull(cors.exposeHeaders()))
                .allowCredentials(cors.allowCredentials())
                .maxAge("%ds".formatted(cors.maxAge().seconds()))
                // Otherwise a preflight of a foreign origin goes to the service, whose own CORS settings then decide.
                .unmatchedPreflights(VirtualServiceSpecHttpCorsPolicyUnmatchedPreflights.IGNORE)
                .build();
    }

    private static @Nullable List<String> orNull(List<String> names) {
        return names.isEmpty() ? null : names;
    }
}
