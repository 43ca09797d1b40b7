package io.meshwright.construct.observability.alerts;

import io.meshwright.construct.observability.settings.Mesh;
import java.util.List;

/** Alerts about plaintext in namespaces that declare STRICT mTLS. */
final class SecurityAlerts {
    private SecurityAlerts() {}

    static AlertGroup of(Mesh mesh) {
        return new AlertGroup("security", mesh.strictNamespaces().isEmpty() ? List.of() : List.of(plaintext(mesh)));
    }

    private static Alert plaintext(Mesh mesh) {
        // By the label app: each version of a service is a workload of a name of its own.
        String exceptions = mesh.plaintextApps().isEmpty()
                ? ""
                : ",destination_app!~\"%s\"".formatted(String.join("|", mesh.plaintextApps()));
        String selector = """
            reporter="destination",connection_security_policy!="mutual_tls",destination_workload_namespace=~"%s"%s\
            """.formatted(String.join("|", mesh.strictNamespaces()), exceptions);
        String ends =
                "source_workload_namespace, source_workload, destination_workload_namespace, destination_workload";
        return Alert.critical("PlaintextTrafficWhereStrict")
                .when("""
                    sum by (%1$s) (rate(istio_requests_total{%2$s}[5m])) > 0
                    or sum by (%1$s) (rate(istio_tcp_connections_opened_total{%2$s}[5m])) > 0\
                    """.formatted(ends, selector), "5m")
                .summary("{{ $labels.source_workload_namespace }}/{{ $labels.source_workload }} speaks plaintext to "
                        + "{{ $labels.destination_workload_namespace }}/{{ $labels.destination_workload }}, "
                        + "{{ $value | printf \"%.2f\" }} times per second")
                .meaning("The namespace declares STRICT mTLS, yet a workload of it accepts connections without:"
                        + " somebody may read or forge them, and no policy knows the caller.")
                .look(
                        "sum by (destination_workload_namespace, connection_security_policy) "
                                + "(rate(istio_requests_total{reporter=\"destination\"}[5m]))",
                        "Requests by encryption, for each namespace:")
                .causes(
                        "A PeerAuthentication for a workload or a port is PERMISSIVE or DISABLE and nobody declared"
                                + " it.",
                        "The STRICT PeerAuthentication is gone or was never synced.",
                        "A new exception is declared, but its workload is missing in the environment's list.")
                .actions(
                        "`kubectl get peerauthentication -A` and compare with the environment file.",
                        "Give the calling workload a sidecar, or declare the exception with owner, reason and expiry.");
    }
}
