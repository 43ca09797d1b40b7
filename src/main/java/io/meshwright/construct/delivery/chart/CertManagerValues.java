package io.meshwright.construct.delivery.chart;

import io.meshwright.value.Name;
import io.meshwright.value.workload.Resources;
import java.util.List;
import java.util.Map;

/**
 * Values of the cert-manager chart.
 *
 * @param namespace its own, where it also elects its leader
 * @param nameservers {@code host:port} of the servers that are asked whether a DNS-01 record is there, where the
 *     cluster's own DNS answers differently; empty asks the cluster's
 */
public record CertManagerValues(Name namespace, List<String> nameservers) implements ChartValues {
    public CertManagerValues {
        nameservers = List.copyOf(nameservers);
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
                .resources("resources", Resources.of("25m", "64Mi", "256Mi"))
                .resources("webhook.resources", Resources.of("25m", "32Mi", "128Mi"))
                .resources("cainjector.resources", Resources.of("25m", "64Mi", "256Mi"))
                .resources("startupapicheck.resources", Resources.of("25m", "32Mi", "128Mi"))
                .toMap();
    }
}
