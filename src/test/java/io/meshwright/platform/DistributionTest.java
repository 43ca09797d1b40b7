package io.meshwright.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributionTest {
    @ParameterizedTest
    @CsvSource({
        "1.27.16, current/bin",
        "1.28.14, current/bin",
        "1.28.15, cni",
        "1.29.9, current/bin",
        "1.30, cni",
        "1.30.0, current/bin",
        "1.30.5, current/bin",
        "1.30.6, cni",
        "1.31.1, current/bin",
        "1.31.2, cni",
        "1.32, cni",
        "1.33.4, cni"
    })
    void k3s_keeps_its_plugins_in_one_folder_since_october_2024(String kubernetes, String folder) {
        assertThat(Distribution.K3S.cniFolders(Version.of(kubernetes)))
                .hasValue(new CniFolders(
                        "/var/lib/rancher/k3s/data/%s".formatted(folder), "/var/lib/rancher/k3s/agent/etc/cni/net.d"));
    }

    @Test
    void microk8s_keeps_its_plugins_in_its_snap() {
        assertThat(Distribution.MICROK8S.cniFolders(Version.of("1.33")))
                .hasValue(new CniFolders(
                        "/var/snap/microk8s/current/opt/cni/bin", "/var/snap/microk8s/current/args/cni-network"));
    }

    @Test
    void others_keep_them_where_the_chart_looks_by_itself() {
        assertThat(Distribution.OTHER.cniFolders(Version.of("1.33"))).isEmpty();
    }

    @Test
    void of_openshift_are_those_of_multus_and_of_talos_kubernetes_own() {
        assertThat(Distribution.OPENSHIFT.cniFolders(Version.of("1.33")))
                .contains(new CniFolders("/var/lib/cni/bin", "/etc/cni/multus/net.d"));
        assertThat(Distribution.TALOS.cniFolders(Version.of("1.33"))).isEmpty();
        assertThat(Distribution.OPENSHIFT.isOpenShift()).isTrue();
        assertThat(Distribution.TALOS.isOpenShift()).isFalse();
    }

    @Test
    void keep_pods_where_the_kubelet_does() {
        assertThat(Distribution.MICROK8S.kubeletFolder()).isEqualTo("/var/snap/microk8s/common/var/lib/kubelet");
        assertThat(Distribution.K3S.kubeletFolder()).isEqualTo("/var/lib/kubelet");
    }
}
