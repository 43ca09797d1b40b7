package io.meshwright.construct.observability.alerts;

import io.meshwright.construct.observability.metrics.Slo;
import io.meshwright.construct.observability.settings.ScaledAhead;
import io.meshwright.construct.observability.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Warnings of what will run out if it goes on like this. A straight line through the last hours is believed only where
 * last week says the same: what fills every day and empties every night is no growth.
 */
final class ForecastAlerts {
    private static final String SERVICE = ServiceLabels.SHOWN;
    private static final String POOL = "namespace, app, pool";

    private ForecastAlerts() {}

    static AlertGroup of(Settings settings) {
        List<Alert> alerts = new ArrayList<>();
        if (settings.aiOps().forecasts()) {
            alerts.addAll(List.of(
                    volume(),
                    memory(),
                    connections(),
                    certificate(),
                    budget(Slo.budget(settings.objectives().availability().value()))));
        }
        if (!settings.aiOps().scaledAhead().isEmpty()) {
            alerts.add(lastWeek(settings.aiOps().scaledAhead()));
        }
        return new AlertGroup("forecasts", alerts);
    }

    private static Alert volume() {
        return Alert.warning("VolumeFillsUp")
                .when("""
                    predict_linear(kubelet_volume_stats_available_bytes[1d], 4 * 86400) < 0
                    and kubelet_volume_stats_available_bytes < kubelet_volume_stats_available_bytes offset 1w\
                    """, "1h")
                .summary("Volume {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} is full within four days")
                .meaning("The volume has lost space since last week, and at the pace of the last day it is full in four"
                        + " days. What writes to it stops then.")
                .look(
                        "kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes",
                        "Share that is free, by claim; draw a week of it:")
                .causes(
                        "More is written than the volume was sized for, or kept longer.",
                        "Something is written that should not be: a dump, a log level, a label with many values.")
                .actions(
                        "Raise the volume's size in the environment file, where the storage class can expand it.",
                        "Else shorten what is kept.");
    }

    private static Alert memory() {
        return Alert.warning("MemoryReachesLimit")
                .when(
                        """
                    max by (%1$s) (predict_linear(%2$s[6h], 12 * 3600)) > max by (%1$s) (%3$s)
                    and max by (%1$s) (%2$s) > 0.6 * max by (%1$s) (%3$s)
                    and on (namespace, container)
                      max by (namespace, container) (%2$s) > 1.1 * max by (namespace, container) (%2$s offset 1w)\
                    """.formatted(
                                        "namespace, pod, container",
                                        "container_memory_working_set_bytes{container!=\"\"}",
                                        "kube_pod_container_resource_limits{resource=\"memory\"}"),
                        "30m")
                .summary("{{ $labels.namespace }}/{{ $labels.pod }} ({{ $labels.container }}) will use"
                        + " {{ $value | humanize1024 }}B within half a day, more than its limit")
                .meaning("The container grows, uses more than at this hour last week, and at the pace of the last six"
                        + " hours it reaches its memory limit within twelve: the kernel ends it then.")
                .look(
                        "container_memory_working_set_bytes{container!=\"\",namespace=\"NAMESPACE\"}",
                        "How it grows; draw a day of it:")
                .look(
                        "sum by (pod, area) (jvm_memory_used_bytes{namespace=\"NAMESPACE\"})",
                        "Of a JVM, whether the heap or what is beside it grows:")
                .causes("A leak.", "A cache without an end.", "More load than last week.")
                .actions(
                        "Restart its pods one after the other before the kernel does it at a bad time.",
                        "Take a heap dump of the fullest one first.",
                        "If the load has grown for good, raise request and limit together.");
    }

    /** The peak of the next six hours, as it was a week ago, times how much more is in use now than then. */
    private static Alert connections() {
        return Alert.warning("ConnectionPoolRunsOut")
                .when("""
                    max_over_time(sum by (%1$s) (hikaricp_connections_active)[6h:5m] offset 162h)
                      * sum by (%1$s) (avg_over_time(hikaricp_connections_active[1h]))
                      / (sum by (%1$s) (avg_over_time(hikaricp_connections_active[1h] offset 1w)) > 0)
                    > 0.9 * sum by (%1$s) (hikaricp_connections_max)\
                    """.formatted(POOL), "30m")
                .summary("{{ $labels.namespace }}/{{ $labels.app }} will need {{ $value | printf \"%.0f\" }}"
                        + " connections of pool {{ $labels.pool }} within six hours, nearly all that there are")
                .meaning("More connections are in use than at this hour last week, and with the peak that followed then"
                        + " the pools of all its pods are full: requests wait before they reach the database.")
                .look(
                        "sum by (%s) (hikaricp_connections_active) / sum by (%s) (hikaricp_connections_max)"
                                .formatted(POOL, POOL),
                        "Share in use; draw a week of it:")
                .causes(
                        "More requests than last week.",
                        "Queries became slower, so that each holds its connection longer.",
                        "Fewer pods than last week.")
                .actions(
                        "Look whether queries are slower: their spans in Jaeger.",
                        "Add pods before the peak, or raise the pools, as far as the database admits.");
    }

    private static Alert certificate() {
        return Alert.warning("CertificateNotRenewed")
                .when("""
                    certmanager_certificate_expiration_timestamp_seconds - time() < 21 * 86400
                    and certmanager_certificate_expiration_timestamp_seconds
                      == certmanager_certificate_expiration_timestamp_seconds offset 1w\
                    """, "1h")
                .summary(
                        "Certificate {{ $labels.exported_namespace }}/{{ $labels.name }} has not been renewed for a week"
                                + " and expires in {{ $value | humanizeDuration }}")
                .meaning("cert-manager renews a certificate of 90 days when 30 are left. This one is a week and more"
                        + " behind: at this pace it expires.")
                .look(
                        "certmanager_certificate_ready_status{condition=\"False\"} == 1",
                        "Certificates that cannot be issued:")
                .causes(
                        "A renewal fails and is tried again at ever longer pauses.",
                        "The certificate lives much shorter than 90 days by intent: then its renewal is later.")
                .actions("`kubectl describe certificate` in its namespace, then its newest CertificateRequest.");
    }

    private static Alert budget(String budget) {
        String day = Slo.errorRatio("1d");
        return Alert.warning("ErrorBudgetRunsOut")
                .when("""
                    predict_linear(%1$s[3d], 7 * 86400) > %2$s
                    and %1$s > 0.5 * %2$s
                    and %1$s > %1$s offset 1w
                    and avg_over_time(%3$s[1h]) > 0.02\
                    """.formatted(day, budget, Slo.REQUESTS), "1h")
                .summary("{{ $value | humanizePercentage }} of the requests to " + SERVICE
                        + " will fail in a week, more than is promised")
                .meaning("The share of failed requests grows from day to day and is above last week's. At the pace of"
                        + " three days the promise is broken within a week.")
                .look(
                        "sum by (response_code, response_flags, destination_version)"
                                + " (rate(istio_requests_total{reporter=\"source\",response_code=~\"5..\","
                                + "destination_service_name=\"SERVICE\"}[1d]))",
                        "Which failures these are:")
                .causes("A dependency, table or queue that grows.", "A new version whose share of the traffic grows.")
                .actions(
                        "Compare the versions: if the new one fails more, give its weight back.",
                        "Find the failing span in the traces of failed requests, while there are few.");
    }

    private static Alert lastWeek(List<ScaledAhead> services) {
        return Alert.warning("LastWeekForecastWrong")
                .when(services.stream().map(ForecastAlerts::missed).collect(Collectors.joining("\nor\n")), "30m")
                .summary("{{ $value | printf \"%.0f\" }} requests per second more or fewer than the autoscaler of "
                        + SERVICE + " was told to expect")
                .meaning("Pods are prepared for the load of this hour a week ago, and the load is another by more than"
                        + " half of it. With more load than expected the autoscaler follows the requests of now, later"
                        + " than hoped for; with less, pods run that nobody needs.")
                .look(
                        "avg_over_time(%1$s{destination_service_name=\"SERVICE\"}[30m] offset 1w)"
                                .formatted(Slo.REQUESTS),
                        "What was expected:")
                .look(
                        "kube_horizontalpodautoscaler_status_desired_replicas{namespace=\"NAMESPACE\"}",
                        "How many pods that gave:")
                .causes(
                        "A holiday, this week or last.",
                        "Last week's load was an accident: an outage, a campaign, a test.",
                        "The service really has more or fewer users now.")
                .actions(
                        "For a holiday, nothing: next week it is the other way round.",
                        "If it is raised in most weeks, the load has no weekly shape: remove `lastWeek`, or give"
                                + " `schedules` for the hours that are known.");
    }

    /** By more than half of what was expected, and by more than one pod should have; silent for the first 8 days. */
    private static String missed(ScaledAhead service) {
        String now = "avg_over_time(%s{destination_service_namespace=\"%s\",destination_service_name=\"%s\"}[30m]%%s)"
                .formatted(Slo.REQUESTS, service.namespace(), service.name());
        String expected = now.formatted(" offset 1w");
        return """
            (
              abs(%1$s - %2$s) > 0.5 * %2$s
              and abs(%1$s - %2$s) > %3$d
              and %4$s
            )\
            """.formatted(now.formatted(""), expected, service.requestsPerSecond(), now.formatted(" offset 8d"));
    }
}
