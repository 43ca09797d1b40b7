package io.meshwright.trace.stage;

import io.meshwright.mesh.route.Cors;
import io.meshwright.mesh.terms.HttpRequest;

/**
 * Reads the answer to a preflight as a browser does: it reads the lists in it, and may then still not send the request.
 */
final class Preflight {
    private Preflight() {}

    static String answer(Cors cors, HttpRequest request, String origin) {
        String method = request.header("access-control-request-method").orElse("");
        if (!cors.admitsMethod(method)) {
            return "the preflight allows %s, but not the method %s".formatted(origin, method);
        }
        for (String header :
                request.header("access-control-request-headers").orElse("").split(",")) {
            if (!header.isBlank() && !cors.admitsHeader(header.strip())) {
                return "the preflight allows %s, but not the header %s".formatted(origin, header.strip());
            }
        }
        return "the preflight allows %s".formatted(origin);
    }
}
