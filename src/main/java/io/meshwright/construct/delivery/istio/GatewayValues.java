package io.meshwright.construct.delivery.istio;

import io.meshwright.construct.delivery.chart.ChartValues;
import io.meshwright.construct.delivery.chart.Replicas;
import io.meshwright.construct.delivery.chart.ValueTree;
import io.meshwright.platform.release.IstioRelease;
import io.meshwright.value.Name;
import io.meshwright.value.workload.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Values of Istio's gateway chart: the proxies at the edge and the Service before them. The chart refuses a key that it
 * does not know; these are in its schema from 1.23 to 1.31.
 *
 * @param injectedBy tag or revision of the control plane that the pods follow; empty where only the unnamed one is
 *     there
 */
public record GatewayValues(
        IstioRelease istio,
        Optional<Name> injectedBy,
        GatewayPod pod,
        GatewayService service,
        Replicas replicas,
        Resources resources)
        implements ChartValues {
    private static final int CPU_PERCENT = 80;

    /** True if the chart of this release writes the class of a load balancer. */
    public static boolean nameClass(IstioRelease istio) {
        return IstioCharts.nameClass(istio);
    }

    /** Helm from 3.18.5 on finds that the schema of these older charts refuses the charts' own defaults. */
    @Override
    public boolean schemaApplies() {
        return IstioCharts.gatewaySchemaHolds(istio);
    }

    @Override
    public Map<String, Object> values() {
        ValueTree values = new ValueTree()
                .putPresent("revision", injectedBy.map(Name::value))
                .put("labels", new LinkedHashMap<>(pod.labels()))
                .putIf(!pod.annotations().isEmpty(), "podAnnotations", new LinkedHashMap<>(pod.annotations()))
                .put("serviceAccount.name", pod.serviceAccount().value())
                .put("securityContext", podSecurity())
                .resources("resources", resources);
        service.into(values);
        return scaled(values).toMap();
    }

    private ValueTree scaled(ValueTree values) {
        values.put("autoscaling.enabled", replicas.scaled());
        if (replicas.scaled()) {
            values.put("autoscaling.minReplicas", replicas.least())
                    .put("autoscaling.maxReplicas", replicas.most())
                    .put("autoscaling.targetCPUUtilizationPercentage", CPU_PERCENT);
        } else {
            values.put("replicaCount", replicas.least());
        }
        return values.putIf(replicas.several(), "podDisruptionBudget.minAvailable", 1)
                .putIf(
                        replicas.several(),
                        "topologySpreadConstraints",
                        List.of(spread("topology.kubernetes.io/zone"), spread("kubernetes.io/hostname")));
    }

    /** Replaces the chart's own, which opens low ports but names no seccomp profile. */
    private Map<String, Object> podSecurity() {
        Map<String, Object> sysctl = new LinkedHashMap<>();
        sysctl.put("name", "net.ipv4.ip_unprivileged_port_start");
        sysctl.put("value", "0");
        return new ValueTree()
                .put("seccompProfile.type", "RuntimeDefault")
                .putIf(service.privileged(), "sysctls", List.of(sysctl))
                .toMap();
    }

    private Map<String, Object> spread(String topology) {
        Map<String, Object> chosen = new LinkedHashMap<>();
        List.of("app", "istio").forEach(key -> chosen.put(key, pod.labels().get(key)));
        return new ValueTree()
                .put("maxSkew", 1)
                .put("topologyKey", topology)
                .put("whenUnsatisfiable", "ScheduleAnyway")
                .put("labelSelector.matchLabels", chosen)
                .toMap();
    }
}
