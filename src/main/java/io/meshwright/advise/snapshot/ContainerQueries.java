package io.meshwright.advise.snapshot;

import io.meshwright.advise.snapshot.Query.About;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Service;
import io.meshwright.value.Name;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The queries about containers: cAdvisor's series, by namespace and container, with sidecars among them. The pods of
 * one service's versions have containers of one name.
 */
public final class ContainerQueries {
    /** The name of every sidecar's container. */
    public static final String SIDECAR = "istio-proxy";

    /** Cores that the busiest pod's container used, for 95 % of the range. */
    public static final String CPU = "cpu";

    /** Cores that all containers of the name used together, for 99 % of the range. */
    public static final String CPU_OF_ALL = "cpu-of-all";

    /** The most bytes that any of them ever held. */
    public static final String MEMORY = "memory";

    /** Pods, for 95 % of the range. */
    public static final String PODS = "pods";

    /** Times that one was started again. */
    public static final String RESTARTS = "restarts";

    /** Series that the day before the range had already. */
    public static final String CONTAINER_BEFORE = "container-before";

    /** Hours of the range in which one was measured. */
    public static final String CONTAINER_HOURS = "container-hours";

    private static final String BY = "namespace, container";

    private ContainerQueries() {}

    static List<Query> of(Environment environment, String range) {
        String selector = "namespace=~\"%s\",container=~\"%s\""
                .formatted(
                        Queries.any(environment.services().values().stream()
                                .map(service -> service.namespace().toString())
                                .toList()),
                        Queries.any(names(environment)));
        String cores = "rate(container_cpu_usage_seconds_total{%s}[5m])".formatted(selector);
        String bytes = "container_memory_working_set_bytes{%s}".formatted(selector);
        return List.of(
                required(CPU, "container_cpu_usage_seconds_total", """
                    max by (%1$s) (quantile_over_time(0.95, (sum by (%1$s, pod) (%2$s))[%3$s:5m]))\
                    """.formatted(BY, cores, range)),
                required(CPU_OF_ALL, "container_cpu_usage_seconds_total", """
                    quantile_over_time(0.99, (sum by (%s) (%s))[%s:5m])\
                    """.formatted(BY, cores, range)),
                required(MEMORY, "container_memory_working_set_bytes", """
                    max by (%s) (max_over_time(%s[%s]))\
                    """.formatted(BY, bytes, range)),
                required(PODS, "container_memory_working_set_bytes", """
                    quantile_over_time(0.95, (count by (%s) (%s))[%s:5m])\
                    """.formatted(BY, bytes, range)),
                optional(RESTARTS, """
                    sum by (%s) (increase(kube_pod_container_status_restarts_total{%s}[%s]))\
                    """.formatted(BY, selector, range)),
                optional(CONTAINER_BEFORE, """
                    count by (%s) (last_over_time(%s[1d] offset %s))\
                    """.formatted(BY, bytes, range)),
                required(CONTAINER_HOURS, "container_memory_working_set_bytes", """
                    count_over_time((count by (%s) (%s))[%s:1h])\
                    """.formatted(BY, bytes, range)));
    }

    /** The containers that the environment makes itself; those of pods that others run are theirs. */
    static List<String> names(Environment environment) {
        return Stream.concat(
                        environment.services().entrySet().stream()
                                .filter(entry -> entry.getValue().container() != null)
                                .map(ContainerQueries::name),
                        Stream.of(SIDECAR))
                .toList();
    }

    private static String name(Map.Entry<Name, Service> service) {
        return service.getValue().workloadName(service.getKey().toString());
    }

    private static Query required(String name, String metric, String text) {
        return new Query(name, text, Optional.of(metric), About.CONTAINER);
    }

    private static Query optional(String name, String text) {
        return new Query(name, text, Optional.empty(), About.CONTAINER);
    }
}
