package io.meshwright.check.admission.route;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.part.Span;
import java.util.Set;

/** Faults that a route injects. */
final class FaultRules {
    private static final double LEAST_PERCENT = 0.0001;
    private static final Set<String> GRPC = Set.of(
            "OK",
            "CANCELLED",
            "UNKNOWN",
            "INVALID_ARGUMENT",
            "DEADLINE_EXCEEDED",
            "NOT_FOUND",
            "ALREADY_EXISTS",
            "PERMISSION_DENIED",
            "UNAUTHENTICATED",
            "RESOURCE_EXHAUSTED",
            "FAILED_PRECONDITION",
            "ABORTED",
            "OUT_OF_RANGE",
            "UNIMPLEMENTED",
            "INTERNAL",
            "UNAVAILABLE",
            "DATA_LOSS");

    private FaultRules() {}

    static void examine(Field fault) {
        if (fault.isSet() && !fault.at("abort").isSet() && !fault.at("delay").isSet()) {
            fault.refuse("no fault is injected", "Write abort or delay, or remove fault.");
        }
        abort(fault.at("abort"));
        delay(fault.at("delay"));
    }

    private static void abort(Field abort) {
        percentage(abort.at("percentage"));
        Field grpc = abort.at("grpcStatus");
        if (grpc.isSet() && !GRPC.contains(grpc.text())) {
            grpc.refuse("\"%s\" is no status of gRPC".formatted(grpc.text()), "Write one such as UNAVAILABLE.");
        }
        if (abort.at("http2Error").isSet()) {
            abort.at("http2Error").refuse("Istio cannot inject errors of HTTP/2", "Write httpStatus.");
        }
        if (abort.at("httpStatus").isSet()) {
            AnswerRules.status(abort.at("httpStatus"));
        }
    }

    private static void delay(Field delay) {
        percentage(delay.at("percentage"));
        Span.examine(delay.at("fixedDelay"));
        if (delay.at("exponentialDelay").isSet()) {
            delay.at("exponentialDelay").refuse("Istio cannot inject exponential delays", "Write fixedDelay.");
        }
    }

    private static void percentage(Field percentage) {
        double value = percentage.at("value").real();
        if (value < 0 || value > 100 || value > 0 && value < LEAST_PERCENT) {
            percentage
                    .at("value")
                    .refuse(
                            "%s is no percentage that Envoy can keep".formatted(value),
                            "Write 0, or a number from 0.0001 to 100.");
        }
    }
}
