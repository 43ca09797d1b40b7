package io.meshwright.incident.cause;

import io.meshwright.incident.evidence.Evidence;
import io.meshwright.mesh.Mesh;
import java.util.Optional;

/** Causes that follow from a status alone, where neither a flag nor details say more. */
final class StatusCauses {
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;
    private static final int UPGRADE_REQUIRED = 426;
    private static final String ASK_MORE = "Give the body too, or the line of the proxy's access log.";

    private StatusCauses() {}

    /** Empty where the status says nothing. */
    static Optional<Cause> of(Mesh mesh, Evidence evidence) {
        int status = evidence.status().orElse(0);
        if (evidence.isOfConnection()) {
            return Optional.of(
                    Cause.of(
                            "bytes were passed on as they came, and no proxy ended the connection",
                            "Look at the server's own log; a proxy that reads no requests cannot tell whether they were answered."));
        }
        if (evidence.isOfApplication()) {
            return Optional.of(
                    Cause.of(
                            status < BAD_REQUEST
                                    ? "the application answered, and no proxy is to blame"
                                    : "the application, or a proxy before it on the other side, answered %d"
                                            .formatted(status),
                            "Look at the server's own log for the request's id; its sidecar's log tells whether it answered itself."));
        }
        return EdgeCauses.of(mesh, status).or(() -> ofProxies(evidence, status));
    }

    private static Optional<Cause> ofProxies(Evidence evidence, int status) {
        return switch (status) {
            case TOO_LARGE ->
                Optional.of(Cause.of(
                        "the body is larger than somebody takes",
                        "Look at the gateway's filters and at the application."));
            case UPGRADE_REQUIRED -> Optional.of(DetailCauses.oldHttp());
            case UNAUTHORIZED, FORBIDDEN ->
                Optional.of(Cause.of(
                        "who answered is not told: a proxy's body says RBAC or Jwt, an application's does not",
                        ASK_MORE));
            default ->
                evidence.kind() == Evidence.Kind.RESPONSE && status >= BAD_REQUEST
                        ? Optional.of(nobody(status))
                        : Optional.empty();
        };
    }

    private static Cause nobody(int status) {
        return Cause.of(
                status == NOT_FOUND
                        ? "who answered is not told: a proxy that has no route for host and path answers 404 without a body, an application's answer has the header x-envoy-upstream-service-time"
                        : "who answered is not told, and neither body nor headers give a reason of Envoy's",
                ASK_MORE);
    }
}
