package io.meshwright.construct.traffic;

import io.meshwright.value.Name;
import io.meshwright.value.Plain;
import java.math.BigDecimal;

/**
 * The share of a service's requests that a workload gets now: what it got a week ago says nothing once weights have
 * moved.
 */
public sealed interface LoadShare {
    /** The Service whose requests are counted. */
    Name service();

    /** The workload's part of these requests per second. */
    String of(String requests, String namespace, String workload);

    /** All of them. */
    static LoadShare whole(Name service) {
        return new Declared(service, 100);
    }

    /** Returns the share that the routes give it, in percent. */
    static LoadShare declared(Name service, double percent) {
        return new Declared(service, percent);
    }

    /** Returns the share that it got of late, for when no weight decides. */
    static LoadShare measured(Name service) {
        return new Measured(service);
    }

    /** Known from the weights. */
    record Declared(Name service, double percent) implements LoadShare {
        @Override
        public String of(String requests, String namespace, String workload) {
            return percent == 100
                    ? requests
                    : "%s * %s"
                            .formatted(
                                    Plain.number(BigDecimal.valueOf(percent)
                                            .movePointLeft(2)
                                            .doubleValue()),
                                    requests);
        }
    }

    /** Known from the requests of the last half hour. */
    record Measured(Name service) implements LoadShare {
        @Override
        public String of(String requests, String namespace, String workload) {
            String now = "istio_requests_total{reporter=\"destination\", %s=\"%s\", %s=\"%s\"}";
            return "%s * sum(rate(%s[30m])) / sum(rate(%s[30m]))"
                    .formatted(
                            requests,
                            now.formatted(
                                    "destination_workload", workload, "destination_workload_namespace", namespace),
                            now.formatted(
                                    "destination_service_name", service, "destination_service_namespace", namespace));
        }
    }
}
