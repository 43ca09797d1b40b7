package io.meshwright.construct.observability.alerts;

import io.meshwright.construct.observability.metrics.NodeDisks;
import java.util.List;

/** Alerts about nodes, volumes and pods. */
final class ClusterAlerts {
    private static final String CLAIM = "{{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }}";
    private static final String FREE_OF_VOLUME =
            "kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes";
    private static final String FREE_OF_NODE_DISK = """
        min by (node) (
          node_filesystem_avail_bytes{%1$s}
          / node_filesystem_size_bytes{%1$s}
        )\
        """.formatted(NodeDisks.SELECTOR);

    private ClusterAlerts() {}

    static AlertGroup all() {
        return new AlertGroup(
                "cluster",
                List.of(
                        volumeFull(),
                        volumeNearlyFull(),
                        nodeDisk(),
                        nodeMemory(),
                        nodeNotReady(),
                        crashLoop(),
                        replicas(),
                        memoryLimit(),
                        autoscaler()));
    }

    private static Alert volumeFull() {
        return volume(
                Alert.critical("VolumeFull").when("%s < 0.05".formatted(FREE_OF_VOLUME), "5m"),
                "What writes to it stops or loses data within hours.");
    }

    private static Alert volumeNearlyFull() {
        return volume(
                Alert.warning("VolumeNearlyFull").when("%s < 0.15".formatted(FREE_OF_VOLUME), "30m"),
                "What writes to it stops when it is full.");
    }

    private static Alert volume(Alert.Draft draft, String consequence) {
        return draft.summary("Only {{ $value | humanizePercentage }} of volume " + CLAIM + " is free")
                .meaning("A persistent volume is running out of space. %s".formatted(consequence))
                .look(
                        "predict_linear(kubelet_volume_stats_available_bytes[6h], 86400) < 0",
                        "Volumes that are full tomorrow if it goes on like this:")
                .look("kubelet_volume_stats_used_bytes", "Bytes used, by claim:")
                .causes(
                        "More metrics, logs or traces than the volume was sized for.",
                        "A retention that was raised without the volume.",
                        "Backups that are not removed.")
                .actions(
                        "Raise the volume's size in the environment file, where the storage class can expand it.",
                        "Else lower the retention; Prometheus frees space within minutes, Loki and Jaeger within"
                                + " hours.",
                        "For Prometheus, drop what it need not keep: `topk(10, count by (__name__)"
                                + " ({__name__!=\"\"}))` names the largest metrics.");
    }

    private static Alert nodeDisk() {
        return Alert.critical("NodeDiskNearlyFull")
                .when("%s < 0.1".formatted(FREE_OF_NODE_DISK), "15m")
                .summary("Only {{ $value | humanizePercentage }} of the disk of node {{ $labels.node }} is free")
                .meaning("The kubelet will evict pods and delete images; volumes of a local storage class live on this"
                        + " disk too.")
                .look(FREE_OF_NODE_DISK, "Share of the disk that is free, by node:")
                .causes("Images and container logs.", "Volumes of a local storage class, which no quota limits.")
                .actions(
                        "Find what is large: `kubectl debug node/NAME -it --image=busybox` and `du` below"
                                + " `/host/var/lib`.",
                        "Move or shrink the volumes on this node, or give it a larger disk.");
    }

    private static Alert nodeMemory() {
        return Alert.warning("NodeMemoryShort")
                .when("min by (node) (node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes) < 0.1", "15m")
                .summary("Only {{ $value | humanizePercentage }} of the memory of node {{ $labels.node }} is available")
                .meaning("The kernel will soon end processes, and the kubelet evict pods, starting with those over"
                        + " their requests.")
                .look(
                        "topk(10, sum by (namespace, pod)"
                                + " (container_memory_working_set_bytes{container!=\"\",node=\"NODE\"}))",
                        "The pods that use most on this node:")
                .look(
                        "sum by (container) (kube_pod_container_resource_requests{resource=\"memory\",node=\"NODE\"})",
                        "What they asked for:")
                .causes(
                        "Limits far above requests, all used at once.",
                        "Sidecars whose configuration has grown.",
                        "A memory leak.")
                .actions(
                        "Lower the limits or raise the requests of what uses most, so that the scheduler counts it.",
                        "Limit what each sidecar gets by Sidecar resources.",
                        "Add a node.");
    }

    private static Alert nodeNotReady() {
        return Alert.critical("NodeNotReady")
                .when("kube_node_status_condition{condition=\"Ready\",status=\"true\"} == 0", "5m")
                .summary("Node {{ $labels.node }} is not ready")
                .meaning("Its pods are moved elsewhere; those with a volume that only one node can mount wait until it"
                        + " is released.")
                .look("kube_node_status_condition{status=\"true\"} == 1", "The conditions that hold on each node:")
                .causes(
                        "The node is down or cut off.",
                        "The kubelet or the container runtime hangs.",
                        "Disk or memory pressure.")
                .actions(
                        "`kubectl describe node`, then the machine's own console.",
                        "If it will not come back, delete the Node object so that its volumes are released.");
    }

    private static Alert crashLoop() {
        return Alert.warning("ContainerCrashLoops")
                .when(
                        "max by (namespace, pod, container)"
                                + " (max_over_time(kube_pod_container_status_waiting_reason{reason=\"CrashLoopBackOff\"}[5m]))"
                                + " == 1",
                        "10m")
                .summary("Container {{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} crashes again"
                        + " and again")
                .meaning("The container ends soon after every start.")
                .look("kube_pod_container_status_last_terminated_reason == 1", "How containers ended last:")
                .causes(
                        "A missing setting, secret or dependency.",
                        "`OOMKilled`: the memory limit is too low.",
                        "A probe that fails before the application is up.")
                .actions(
                        "`kubectl logs --previous` of the container, or its logs in Grafana.",
                        "`kubectl describe pod` shows failed probes.",
                        "Undo the last release if it began with it.");
    }

    private static Alert replicas() {
        return Alert.warning("ReplicasMissing")
                .when("""
                    (
                      kube_deployment_spec_replicas - kube_deployment_status_replicas_available
                      or kube_statefulset_replicas - kube_statefulset_status_replicas_ready
                      or kube_daemonset_status_number_unavailable
                    ) > 0\
                    """, "15m")
                .summary("{{ $value | humanize }} pods of "
                        + "{{ $labels.namespace }}/{{ $labels.deployment }}{{ $labels.statefulset }}"
                        + "{{ $labels.daemonset }} are not ready")
                .meaning("A workload runs with fewer pods than it asks for, or with none.")
                .look("kube_pod_status_phase{phase=~\"Pending|Failed\"} == 1", "Pods that do not run:")
                .causes(
                        "No node has room.",
                        "A volume that is still mounted elsewhere.",
                        "The image cannot be pulled.",
                        "Probes fail.")
                .actions(
                        "`kubectl describe pod` of one that is not ready; its events say why.",
                        "For a volume that is mounted elsewhere: see whether the old pod still runs on a node that is"
                                + " gone.");
    }

    private static Alert memoryLimit() {
        return Alert.warning("ContainerNearMemoryLimit")
                .when("""
                    max by (namespace, pod, container) (container_memory_working_set_bytes{container!=""})
                    / max by (namespace, pod, container) (kube_pod_container_resource_limits{resource="memory"}) > 0.9\
                    """, "15m")
                .summary("Container {{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} uses "
                        + "{{ $value | humanizePercentage }} "
                        + "of its memory limit")
                .meaning("When it reaches the limit the kernel ends it.")
                .look(
                        "sum by (pod) (jvm_memory_used_bytes{area=\"heap\"}) / sum by (pod) "
                                + "(jvm_memory_max_bytes{area=\"heap\"} > 0)",
                        "For a JVM: how much of the heap it uses; a full heap is a leak or too small a heap, an empty"
                                + " one is memory beside the heap:")
                .causes(
                        "The limit is too low for the load.",
                        "A leak.",
                        "For a sidecar: more hosts than it needs to know.")
                .actions(
                        "Raise the limit in the environment file.",
                        "For a sidecar, limit its configuration by a Sidecar resource.");
    }

    private static Alert autoscaler() {
        return Alert.warning("AutoscalerAtMaximum")
                .when("""
                    kube_horizontalpodautoscaler_status_current_replicas >= kube_horizontalpodautoscaler_spec_max_replicas
                    and kube_horizontalpodautoscaler_spec_max_replicas > kube_horizontalpodautoscaler_spec_min_replicas\
                    """, "30m")
                .summary("{{ $labels.namespace }}/{{ $labels.horizontalpodautoscaler }} has been at its maximum of "
                        + "{{ $value | humanize }} pods")
                .meaning("The load would take more pods than are allowed.")
                .look("kube_horizontalpodautoscaler_status_desired_replicas", "How many pods the autoscaler wants:")
                .causes(
                        "More users.",
                        "Requests that are too low, so that little load counts as much.",
                        "Retries that multiply the load.")
                .actions(
                        "Raise the maximum if the nodes have room.",
                        "Look at the service's dashboard for retries and slow answers.");
    }
}
