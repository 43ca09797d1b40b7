package io.meshwright.mesh.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** A seccomp profile as the Pod Security Standard restricted wants one (kubernetes.io, Pod Security Standards). */
public final class SeccompProfile {
    private static final Set<String> SAFE = Set.of("RuntimeDefault", "Localhost");

    private SeccompProfile() {}

    /** True if a securityContext names one. */
    public static boolean isSafe(JsonNode securityContext) {
        return SAFE.contains(securityContext.at("/seccompProfile/type").asText(""));
    }
}
