package io.meshwright.mesh.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import java.util.Optional;

/**
 * The faults that a route injects into a part of its requests, between 0 and 1, before a filter behind it or the router
 * sees them (pilot/pkg/networking/core/route, TranslateFault); a delay is over when an abort happens.
 */
public record Fault(JsonNode delay, JsonNode abort) {
    private static final double ALL = 100;
    private static final int OK = 200;

    static Fault of(JsonNode route) {
        return new Fault(route.at("/fault/delay"), route.at("/fault/abort"));
    }

    /** Nothing is delayed without a length; other delays than fixed ones do not exist yet. */
    public double delayed() {
        return length().isEmpty()
                ? 0
                : part(delay.at("/percentage/value")
                        .asDouble(delay.path("percent").asDouble(0)));
    }

    public Optional<String> length() {
        return Fields.text(delay.path("fixedDelay"));
    }

    /** Nothing is aborted without a status. */
    public double aborted() {
        return httpStatus().isEmpty() && grpcStatus().isEmpty()
                ? 0
                : part(abort.at("/percentage/value").asDouble(0));
    }

    /** The status that a client of HTTP gets; one of gRPC alone stands in a header of a good answer. */
    public int status() {
        return httpStatus().orElse(OK);
    }

    private Optional<Integer> httpStatus() {
        return Fields.number(abort.path("httpStatus"));
    }

    /** Such as {@code UNAVAILABLE}. */
    public Optional<String> grpcStatus() {
        return Fields.text(abort.path("grpcStatus"));
    }

    /** Zero is what protobuf reads where nobody says a percentage. */
    private static double part(double percent) {
        return Math.max(0, Math.min(percent, ALL)) / ALL;
    }
}
