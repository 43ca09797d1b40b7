package io.meshwright.construct.observability.anomaly;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Alerts as somebody sets them who knows each service's peak and trough, once. */
final class FixedThresholds {
    private final List<DrawnService> services;

    private FixedThresholds(List<DrawnService> services) {
        this.services = services;
    }

    static String text(List<DrawnService> services) {
        return new FixedThresholds(services).text();
    }

    private String text() {
        String requests = "service:istio_requests:rate5m%s %s %.3f";
        return "groups:\n- name: fixed\n  rules:\n"
                .concat(rule(
                        "FixedManyRequests",
                        each(service -> requests.formatted(of(service), ">", 1.3 * service.requests()))))
                .concat(rule(
                        "FixedFewRequests",
                        each(service -> requests.formatted(of(service), "<", 0.3 * 0.55 * 0.5 * service.requests()))))
                .concat(rule("FixedErrors", "slo:error_ratio:rate5m > 0.05"))
                .concat(rule("FixedSlow", "service:istio_request_duration_milliseconds:p95 > 1000"))
                .concat(rule("FixedBusy", "anomaly:level{signal=\"saturation\"} > 0.9"))
                .concat(rule(
                        "FixedLines",
                        each(service ->
                                "service:log_lines:rate5m%s > %.3f".formatted(of(service), service.requests() + 1))));
    }

    private String each(Function<DrawnService, String> expression) {
        return services.stream().map(expression).collect(Collectors.joining(" or "));
    }

    private static String of(DrawnService service) {
        return "{destination_service_name=\"%s\"}".formatted(service.name());
    }

    private static String rule(String name, String expression) {
        return "  - alert: %s\n    expr: '%s'\n    for: 10m\n".formatted(name, expression);
    }
}
