package io.meshwright.construct.observability.metrics;

/** The labels of a failed request, for recorded series and dashboards alike: a 5xx, or a gRPC status of that kind. */
public final class Failures {
    // What only the trailer of a gRPC answer tells while its code says 200: unknown, deadline, resource, internal,
    // unavailable, data loss (grpc.io, status codes).
    private static final String GRPC = "2|4|8|13|14|15";

    private Failures() {}

    /** Failed requests per second, of the series that a selector such as {@code reporter="source"} names. */
    public static String rate(String selector) {
        return """
            rate(istio_requests_total{%1$s,response_code=~"5.."}[5m])
              or rate(istio_requests_total{%1$s,request_protocol="grpc",grpc_response_status=~"%2$s"}[5m])\
            """.formatted(selector, GRPC);
    }
}
