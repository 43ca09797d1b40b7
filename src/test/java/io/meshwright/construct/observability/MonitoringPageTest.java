package io.meshwright.construct.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.construct.observability.ObservabilityStack.Props;
import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.platform.release.Compatibility;
import io.meshwright.value.Name;
import io.meshwright.value.Version;
import io.meshwright.value.security.Party;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MonitoringPageTest {
    @Test
    void tells_where_each_tool_is_for_people_and_for_programs() {
        assertThat(page(Samples.subPaths()))
                .contains(
                        "| grafana | <https://monitoring.example.org/grafana/> |"
                                + " `http://grafana.monitoring.svc:3000/grafana` |",
                        "| loki | port-forward only | `http://loki.monitoring.svc:3100` |");
    }

    @Test
    void lists_the_secrets_with_every_namespace_that_reads_them() {
        assertThat(page(Samples.hosts()))
                .contains(
                        "| `grafana-admin` | `password` | monitoring, istio-system | password of Grafana's `admin` |",
                        "| `kiali-signing-key` | `key` | istio-system |",
                        "| `alertmanager-slack` | `url` | monitoring |");
        assertThat(page(Samples.provider()))
                .contains("| `grafana-admin` | `password` | watch |")
                .doesNotContain("slack");
    }

    @Test
    void makes_one_password_for_both_namespaces_that_need_it() {
        assertThat(page(Samples.hosts())).contains("""
            value=$(openssl rand -base64 24)
            printf %s "$value" | kubectl -n monitoring create secret generic grafana-admin --from-file=password=/dev/stdin
            printf %s "$value" | kubectl -n istio-system create secret generic grafana-admin --from-file=password=/dev/stdin
            value=$(openssl rand -hex 16)
            printf %s "$value" | kubectl -n istio-system create secret generic kiali-signing-key --from-file=key=/dev/stdin
            read -rsp 'address of the Slack webhook: ' value
            printf %s "$value" | kubectl -n monitoring create secret generic alertmanager-slack --from-file=url=/dev/stdin
            """);
    }

    @Test
    void leaves_what_a_store_syncs_to_the_store() {
        Set<String> all =
                Set.of("monitoring/grafana-admin", "monitoring/kiali-signing-key", "monitoring/alertmanager-slack");

        assertThat(MonitoringPage.of(props(Samples.subPaths()), all))
                .contains("All of them are synced from the store.")
                .doesNotContain("kubectl");
    }

    @Test
    void names_image_user_and_volume_of_each_program() {
        assertThat(page(Samples.subPaths()))
                .contains("| grafana | monitoring | `docker.io/grafana/grafana:12.4.5` | 472 | 3000, 15020 | 100m CPU,"
                        + " 256Mi | 512Mi | 2Gi |");
    }

    private static String page(Settings settings) {
        return MonitoringPage.of(props(settings), Set.of());
    }

    private static Props props(Settings settings) {
        Party gateway =
                Party.outsideMesh(Name.of("gateway"), Name.of("istio-system"), Map.of("istio", "ingressgateway"));
        return new Props(
                settings,
                Compatibility.resolve(Version.of("1.33"), Version.of("1.30.5")),
                null,
                null,
                null,
                Entrance.guarded(gateway),
                null,
                Optional.empty(),
                null,
                null,
                null);
    }
}
