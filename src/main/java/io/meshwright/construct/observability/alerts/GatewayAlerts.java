package io.meshwright.construct.observability.alerts;

import io.meshwright.construct.observability.settings.DeclaredCertificate;
import io.meshwright.construct.observability.settings.Settings;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Alerts about the gateway: its pods, its answers and its certificates. */
final class GatewayAlerts {
    private static final String CERTIFICATE = "{{ $labels.exported_namespace }}/{{ $labels.name }}";

    private GatewayAlerts() {}

    static AlertGroup of(Settings settings) {
        String gateways = String.join("|", settings.mesh().gateways());
        List<Alert> alerts = new ArrayList<>(List.of(
                down(settings.mesh().gateways()), serverErrors(gateways), expiresNow(), expiresSoon(), notReady()));
        if (!settings.certificates().isEmpty()) {
            alerts.add(declared(settings.certificates()));
        }
        return new AlertGroup("gateway", alerts);
    }

    private static Alert down(List<String> gateways) {
        String none = gateways.stream().map(name -> """
            (kube_deployment_status_replicas_available{deployment="%1$s"} == 0)
            or absent(kube_deployment_status_replicas_available{deployment="%1$s"})\
            """.formatted(name)).collect(Collectors.joining("\n" + "or "));
        // Without the exporter every Deployment seems to be gone; TargetDown says that.
        return Alert.critical("GatewayDown")
                .when("(\n%s\n)\nand on () up{job=\"kube-state-metrics\"} == 1".formatted(none), "2m")
                .summary("No pod of gateway {{ $labels.deployment }} is ready")
                .meaning("No request from outside reaches the cluster through this gateway.")
                .look(
                        "kube_deployment_spec_replicas{deployment=~\"%s\"}".formatted(String.join("|", gateways)),
                        "How many pods are wanted:")
                .look(
                        "kube_pod_container_status_waiting_reason{pod=~\"(%s)-.+\"} == 1"
                                .formatted(String.join("|", gateways)),
                        "Why its containers wait:")
                .causes(
                        "istiod was not ready when the pod started: the pod has no configuration yet and stays"
                                + " unready.",
                        "The image cannot be pulled.",
                        "No node has room for the pod.")
                .actions(
                        "`kubectl get pods -A -l istio=ingressgateway` and describe one that is not ready.",
                        "If the pod waits for istiod, mend istiod first (alert IstiodDown).",
                        "If the Deployment is gone, sync the gateway's Argo CD Application.");
    }

    private static Alert serverErrors(String gateways) {
        String selector = "reporter=\"source\",source_workload=~\"%s\"".formatted(gateways);
        return Alert.critical("GatewayServerErrors")
                .when("""
                    sum by (source_workload) (rate(istio_requests_total{%1$s,response_code=~"5.."}[5m]))
                    / sum by (source_workload) (rate(istio_requests_total{%1$s}[5m])) > 0.05
                    and sum by (source_workload) (rate(istio_requests_total{%1$s}[5m])) > 0.1\
                    """.formatted(selector), "5m")
                .summary("{{ $value | humanizePercentage }} of the requests through gateway {{ $labels.source_workload"
                        + " }} fail")
                .meaning("Users get 5xx answers from the gateway, whichever service they ask for.")
                .look(
                        ("topk(10, sum by (destination_service_name, response_code, response_flags) "
                                                + "(rate(istio_requests_total{%s,")
                                        .formatted(selector)
                                + "response_code=~\"5..\"}[5m])))",
                        "Which services fail, and how:")
                .causes(
                        "One busy service behind the gateway is down: its own alert is raised too.",
                        "`NC` or `UH` for every service: the gateway has no endpoints, because istiod does not push.",
                        "mTLS: the gateway speaks plaintext to services that are STRICT, or a DestinationRule disables"
                                + " TLS.")
                .actions(
                        "If one service fails, continue with its own alert.",
                        "If all fail, look at istiod and at the last change of a DestinationRule or"
                                + " PeerAuthentication.",
                        "Undo the last sync of the services' Argo CD Application if the trouble began with it.");
    }

    private static Alert expiresNow() {
        return expiry(
                Alert.critical("CertificateExpiresNow")
                        .when("certmanager_certificate_expiration_timestamp_seconds - time() < 3 * 86400", "15m"),
                "cert-manager should have renewed it weeks ago; when it expires, browsers and the edge proxy refuse"
                        + " the gateway");
    }

    private static Alert expiresSoon() {
        return expiry(
                Alert.warning("CertificateExpiresSoon")
                        .when("certmanager_certificate_expiration_timestamp_seconds - time() < 14 * 86400", "1h"),
                "cert-manager renews earlier than this, so a renewal has failed");
    }

    private static Alert expiry(Alert.Draft draft, String consequence) {
        return draft.summary("Certificate " + CERTIFICATE + " expires in {{ $value | humanizeDuration }}")
                .meaning("A certificate of cert-manager is close to its end: %s.".formatted(consequence))
                .look(
                        "certmanager_certificate_ready_status{condition=\"False\"} == 1",
                        "Certificates that cannot be issued:")
                .causes(
                        "The issuer's DNS token has expired or lost its rights.",
                        "The certificate authority refuses: rate limit, or a CAA record.",
                        "cert-manager does not run.")
                .actions(
                        "`kubectl describe certificate` in its namespace, then the newest CertificateRequest, Order"
                                + " and Challenge.",
                        "Mend the token or record that the Challenge complains about; cert-manager then tries again by"
                                + " itself.");
    }

    private static Alert notReady() {
        return Alert.warning("CertificateNotReady")
                .when("certmanager_certificate_ready_status{condition=\"False\"} == 1", "30m")
                .summary("Certificate " + CERTIFICATE + " is not ready")
                .meaning("cert-manager could not issue this certificate; a gateway that names its Secret serves an old"
                        + " one, or none.")
                .look(
                        "certmanager_certificate_expiration_timestamp_seconds - time()",
                        "Seconds that each certificate is still valid:")
                .causes("The issuer is missing or not ready.", "A challenge fails: DNS token, DNS zone, rate limit.")
                .actions(
                        "`kubectl describe certificate` in its namespace, then its newest CertificateRequest, Order"
                                + " and Challenge.",
                        "`kubectl describe clusterissuer` if the Order was never made.");
    }

    private static Alert declared(List<DeclaredCertificate> certificates) {
        String left = certificates.stream()
                .map(certificate -> "label_replace(vector(%d), \"certificate\", \"%s\", \"\", \"\")"
                        .formatted(
                                certificate.expires().date().atStartOfDay().toEpochSecond(ZoneOffset.UTC),
                                certificate.name()))
                .collect(Collectors.joining("\n  or "));
        return Alert.critical("DeclaredCertificateExpires")
                .when("(\n  %s\n) - time() < 30 * 86400".formatted(left), "15m")
                .summary("Certificate {{ $labels.certificate }} expires in {{ $value | humanizeDuration }}")
                .meaning("Nothing in the cluster renews this certificate: a person replaces it, and the environment"
                        + " file says its last day.")
                .look("time()", "The time by which Prometheus judges, in seconds since 1970:")
                .causes(
                        "The certificate was issued for a fixed time and that time is nearly over.",
                        "It was replaced, but the day in the environment file was not.")
                .actions(
                        "Have a new certificate issued by whoever issued this one, and put it where its Secret comes"
                                + " from.",
                        "Write the new last day into the environment file, synthesize and merge.");
    }
}
