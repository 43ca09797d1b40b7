package io.meshwright.construct.delivery.chart;

import io.meshwright.value.Name;
import io.meshwright.value.workload.Resources;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values of the cert-manager chart.
 *
 * @param namespace its own, where it also elects its leader
 * @param nameservers {@code host:port} of the servers that are asked whether a DNS-01 record is there, where the
 *     cluster's own DNS answers differently; empty asks the cluster's
 * @param identity annotations of the controller's service account, by which a provider of DNS knows it
 * @param labels of the controller's pods, by which a provider's webhook gives them tokens
 */
public record CertManagerValues(
        Name namespace, List<String> nameservers, Map<String, String> identity, Map<String, String> labels)
        implements ChartValues {
    public CertManagerValues {
        nameservers = List.copyOf(nameservers);
        identity = new TreeMap<>(identity);
        labels = new TreeMap<>(labels);
    }

    @Override
    public Map<String, Object> values() {
        return new ValueTree()
                .put("crds.enabled", true)
                .put("crds.keep", true)
                // The default is kube-system, where it would need rights.
                .put("global.leaderElection.namespace", namespace.value())
                .putIf(!nameservers.isEmpty(), "dns01RecursiveNameservers", String.join(",", nameservers))
                .putIf(!nameservers.isEmpty(), "dns01RecursiveNameserversOnly", true)
                .putIf(!identity.isEmpty(), "serviceAccount.annotations", identity)
                .putIf(!labels.isEmpty(), "podLabels", labels)
                .resources("resources", Resources.of("25m", "64Mi", "256Mi"))
                .resources("webhook.resources", Resources.of("25m", "32Mi", "128Mi"))
                .resources("cainjector.resources", Resources.of("25m", "64Mi", "256Mi"))
                .resources("startupapicheck.resources", Resources.of("25m", "32Mi", "128Mi"))
                .toMap();
    }
}
