package io.meshwright.trace.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.MeshConfig;
import java.util.Optional;

/**
 * The number of times that a proxy repeats a failed request, and the failures after which it does
 * (pilot/pkg/networking/core/route/retry).
 */
public record Retries(int attempts, String on, Optional<String> perTryTimeout) {
    private static final int DEFAULT_ATTEMPTS = 2;
    private static final String DEFAULT_ON = "connect-failure,refused-stream,unavailable,cancelled";

    /**
     * Reads a route's {@code retries}, else the mesh's, else Istio's; a policy that is written replaces the others as a
     * whole.
     */
    public static Retries of(JsonNode written, MeshConfig mesh, IstioVersion version) {
        JsonNode policy = written.isObject() ? written : mesh.defaultRetries();
        if (!policy.isObject()) {
            return new Retries(DEFAULT_ATTEMPTS, usual(version), Optional.empty());
        }
        int attempts = Fields.number(policy.path("attempts")).orElse(written.isObject() ? 0 : DEFAULT_ATTEMPTS);
        return new Retries(
                attempts,
                Fields.text(policy.path("retryOn")).orElse(usual(version)),
                Fields.text(policy.path("perTryTimeout")));
    }

    /**
     * The retries of a proxy that stands before its own application or service (buildSidecarInboundHTTPRouteConfig).
     */
    public static Retries inbound(IstioVersion version) {
        return new Retries(
                version.retriesInboundResets() ? DEFAULT_ATTEMPTS : 0, "reset-before-request", Optional.empty());
    }

    private static String usual(IstioVersion version) {
        return version.retriesOn503() ? DEFAULT_ON.concat(",503") : DEFAULT_ON;
    }

    @Override
    public String toString() {
        return attempts == 0
                ? "no retries"
                : "%d retries on %s%s"
                        .formatted(
                                attempts,
                                on,
                                perTryTimeout.map(" of %s each"::formatted).orElse(""));
    }
}
