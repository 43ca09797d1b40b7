package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Istio's node agent writes into the folders that the distribution's container runtime reads, on every platform. */
class CniFoldersTest {
    @ParameterizedTest
    @CsvSource({
        "homelab, k3s, , /var/lib/rancher/k3s/data/cni, /var/lib/rancher/k3s/agent/etc/cni/net.d",
        "egov, microk8s, , /var/snap/microk8s/current/opt/cni/bin, /var/snap/microk8s/current/args/cni-network",
        "azure, k3s, /cni, /var/lib/rancher/k3s/data/cni, /var/lib/rancher/k3s/agent/etc/cni/net.d"
    })
    void of_the_distribution_that_the_file_names(
            String environment, String distribution, String below, String binaries, String configuration)
            throws IOException {
        String file = Rendering.file(environment)
                .replaceFirst("\ncluster:\n", "\ncluster:\n  distribution: %s\n".formatted(distribution));

        JsonNode values = new YAMLMapper()
                .readTree(Rendering.objects(file).get("argocd/Application/istio-cni"))
                .at("/spec/source/helm/valuesObject%s".formatted(below == null ? "" : below));

        assertThat(values.path("cniBinDir").asText()).isEqualTo(binaries);
        assertThat(values.path("cniConfDir").asText()).isEqualTo(configuration);
    }

    @Test
    void are_the_charts_own_where_the_file_names_none() throws IOException {
        assertThat(Rendering.objects(Rendering.file("homelab")).get("argocd/Application/istio-cni"))
                .contains("chart: cni")
                .doesNotContain("cniBinDir")
                .doesNotContain("cniConfDir");
    }
}
