package io.meshwright.construct.observability.alerts;

import java.util.List;

/**
 * Alerts about istiod: without it proxies go on as they are, but nothing changes any more, and certificates run out.
 */
final class ControlPlaneAlerts {
    private ControlPlaneAlerts() {}

    static AlertGroup all() {
        return new AlertGroup(
                "control-plane",
                List.of(
                        down(),
                        pushErrors(),
                        rejects(),
                        slowPushes(),
                        injection(),
                        rootCertificate(),
                        workloadCertificates()));
    }

    private static Alert down() {
        return Alert.critical("IstiodDown")
                .when("(count(up{job=\"istiod\"} == 1) or vector(0)) == 0", "5m")
                .summary("{{ $value | humanize }} pods of istiod answer")
                .meaning("Proxies keep their last configuration, but new pods get no sidecar or no configuration,"
                        + " endpoints go stale, and workload certificates are not renewed: within a day traffic"
                        + " under mTLS stops.")
                .look(
                        "up{job=\"istiod\"}",
                        "What Prometheus sees of istiod; no result means that it knows no pod of it:")
                .look("kube_deployment_status_replicas_available{deployment=~\"istiod.*\"}", "How many pods are ready:")
                .causes(
                        "A bad mesh configuration or an upgrade that failed.",
                        "No room on the nodes.",
                        "A NetworkPolicy keeps Prometheus from port 15014.")
                .actions(
                        "`kubectl -n istio-system get pods -l app=istiod` and read the log of the newest.",
                        "If it began with a sync, undo the change of the istiod Application.");
    }

    private static Alert pushErrors() {
        return Alert.critical("IstiodPushErrors")
                .when("""
                    sum by (pod) (rate(pilot_total_xds_internal_errors[5m])) > 0
                    or sum by (pod) (rate(pilot_xds_write_timeout[5m])) > 0
                    or sum by (pod) (rate(pilot_xds_pushes{type=~".+_senderr"}[5m])) > 0\
                    """, "10m")
                .summary(
                        "{{ $labels.pod }} fails to send configuration {{ $value | printf \"%.2f\" }} times per second")
                .meaning("Proxies do not receive changes of routes, policies and endpoints.")
                .look(
                        "sum by (type) (rate(pilot_xds_pushes[5m]))",
                        "Pushes by kind; kinds that end in `_senderr` failed:")
                .look("pilot_xds", "Proxies connected to each istiod:")
                .causes(
                        "istiod is short of CPU or memory.",
                        "Proxies are too slow to take the configuration: too large, too many hosts.",
                        "The network between istiod and the nodes is broken.")
                .actions(
                        "Look at CPU and memory of istiod on the control plane dashboard; add replicas if it is busy.",
                        "Read istiod's log for the proxy's name and restart that pod.",
                        "Limit what each proxy gets by Sidecar resources if the configuration is large.");
    }

    private static Alert rejects() {
        return Alert.critical("ProxiesRejectConfiguration")
                .when("sum by (type) (rate(pilot_total_xds_rejects[5m])) > 0", "5m")
                .summary("Proxies reject {{ $labels.type }} configuration")
                .meaning("Envoy refuses what istiod sends, and keeps its old configuration: the last change is not in"
                        + " force everywhere.")
                .look(
                        "sum by (type, pod) (rate(pilot_total_xds_rejects[5m]))",
                        "Which kind of configuration, from which istiod:")
                .causes(
                        "An EnvoyFilter that does not fit the proxy's version.",
                        "A certificate that cannot be read.",
                        "Proxies of another version than istiod.")
                .actions(
                        "Find `ACK ERROR` in istiod's log: it names the proxy and the reason.",
                        "Undo the last change of an EnvoyFilter, Gateway or Secret.");
    }

    private static Alert slowPushes() {
        return Alert.warning("IstiodPushesSlowly")
                .when(
                        "histogram_quantile(0.99, sum by (le) (rate(pilot_proxy_convergence_time_bucket[5m]))) > 10",
                        "15m")
                .summary("A change takes {{ $value | humanizeDuration }} to reach the slowest proxies")
                .meaning("Requests go to pods that are gone, and new pods get none, until the proxies learn of it.")
                .look("sum(rate(pilot_push_triggers[5m])) by (type)", "What makes istiod push:")
                .look(
                        "histogram_quantile(0.99, sum by (le) (rate(pilot_proxy_queue_time_bucket[5m])))",
                        "How long proxies wait for their turn:")
                .causes(
                        "istiod is short of CPU.",
                        "Something changes all the time: a controller that rewrites objects, pods that flap.")
                .actions("Find what pushes most, and calm it.", "Give istiod more CPU or replicas.");
    }

    private static Alert injection() {
        return Alert.critical("SidecarInjectionFails")
                .when("increase(sidecar_injection_failure_total[10m]) > 0", "1m")
                .summary("{{ $value | humanize }} pods could not be given a sidecar")
                .meaning("Pods are not created, because the injector refuses them.")
                .look("increase(sidecar_injection_requests_total[10m])", "How many pods asked for a sidecar:")
                .causes(
                        "An annotation of the pod that the injector cannot read.",
                        "A change of the injection template.")
                .actions(
                        "`kubectl get events -A --field-selector reason=FailedCreate` names the ReplicaSet and the"
                                + " reason.",
                        "Correct the annotation in the environment or the service's construct.");
    }

    private static Alert rootCertificate() {
        return Alert.critical("MeshRootCertificateExpires")
                .when("min(citadel_server_root_cert_expiry_timestamp) - time() < 30 * 86400", "1h")
                .summary("The mesh's root certificate expires in {{ $value | humanizeDuration }}")
                .meaning("When it expires, no workload trusts another any more: all traffic under mTLS stops at once.")
                .look("(citadel_server_root_cert_expiry_timestamp - time()) / 86400", "Days left by each istiod:")
                .causes(
                        "The root was given by a person in Secret `cacerts` and is not rotated by Istio.",
                        "Istio's own ten-year root is at its end.")
                .actions(
                        "Plan the change now: add the new root beside the old one, restart all workloads, then remove"
                                + " the old one.",
                        "Follow Istio's page on plugging in CA certificates, and try it on another cluster first.");
    }

    private static Alert workloadCertificates() {
        return Alert.critical("WorkloadCertificateNotRenewed")
                .when(
                        "min by (namespace, pod) (istio_agent_cert_expiry_seconds{resource_name=\"default\"}) < 7200",
                        "15m")
                .summary("The certificate of {{ $labels.namespace }}/{{ $labels.pod }} is valid for only "
                        + "{{ $value | humanizeDuration }}")
                .meaning("Istio's agent renews a workload's certificate long before this; when it expires, the pod can "
                        + "neither call nor be "
                        + "called under mTLS.")
                .look("sum(rate(citadel_server_csr_count[5m]))", "Whether istiod signs at all:")
                .look("rate(citadel_server_authentication_failure_count[5m])", "Whether it refuses to:")
                .causes(
                        "istiod is down or cannot be reached from the pod.",
                        "The pod's service account token is not accepted.")
                .actions(
                        "If several pods are named, mend istiod first.",
                        "Restart the pod: a new one asks for a new certificate.");
    }
}
