package io.meshwright.construct.observability.alerts;

import java.util.List;

/** Alerts about Spring Boot applications, by the metrics of their actuator. */
final class ApplicationAlerts {
    private ApplicationAlerts() {}

    static AlertGroup all() {
        return new AlertGroup("applications", List.of(heap(), connections()));
    }

    private static Alert heap() {
        return Alert.warning("JvmHeapNearlyFull")
                .when("""
                    sum by (namespace, app, pod) (jvm_memory_used_bytes{area="heap"})
                    / sum by (namespace, app, pod) (jvm_memory_max_bytes{area="heap"} > 0) > 0.9\
                    """, "15m")
                .summary("{{ $labels.namespace }}/{{ $labels.pod }} uses {{ $value | humanizePercentage }} of its heap")
                .meaning("The JVM spends its time collecting garbage, and will end with OutOfMemoryError.")
                .look("sum by (pod) (rate(jvm_gc_pause_seconds_sum[5m]))", "Share of time spent in pauses:")
                .causes(
                        "A leak: the heap grows from restart to restart of the collector.",
                        "A heap too small for the load.")
                .actions("Take a heap dump of one pod, then restart it.", "Raise memory limit and heap together.");
    }

    private static Alert connections() {
        return Alert.warning("DatabaseConnectionsExhausted")
                .when("sum by (namespace, app, pod) (hikaricp_connections_pending) > 0", "10m")
                .summary("{{ $value | humanize }} threads of {{ $labels.namespace }}/{{ $labels.pod }} wait for a"
                        + " database connection")
                .meaning("Requests wait before they reach the database, and time out.")
                .look("hikaricp_connections_active / hikaricp_connections_max", "Share of the pool in use:")
                .causes(
                        "Slow queries, or a transaction that is held open.",
                        "The pool is too small for the threads.",
                        "The database refuses more connections.")
                .actions(
                        "Look for the slow query in the traces.",
                        "Compare the pools of all pods with what the database admits.");
    }
}
