package io.meshwright.construct.observability.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.construct.observability.settings.ToolAddress.Path;
import io.meshwright.value.InvalidValue;
import org.junit.jupiter.api.Test;

class MonitoringDomainTest {
    @Test
    void a_sub_path_moves_every_address_of_a_tool_that_serves_all_below_it() {
        ToolAddress grafana = MonitoringDomain.inNamespace("monitoring")
                .exposeBelow("monitoring.example.org", Tool.GRAFANA)
                .build()
                .address(Tool.GRAFANA);

        assertThat(grafana.url()).isEqualTo("https://monitoring.example.org/grafana");
        assertThat(grafana.inClusterUrl()).isEqualTo("http://grafana.monitoring.svc:3000/grafana");
        assertThat(grafana.root()).isEqualTo("/grafana");
        assertThat(grafana.readiness()).isEqualTo(new Path(3000, "/grafana/api/health"));
        assertThat(grafana.metrics()).isEqualTo(new Path(3000, "/grafana/metrics"));
    }

    @Test
    void jaeger_answers_for_its_health_and_metrics_outside_its_sub_path() {
        ToolAddress jaeger = MonitoringDomain.inNamespace("monitoring")
                .exposeBelow("monitoring.example.org", Tool.JAEGER)
                .build()
                .address(Tool.JAEGER);

        assertThat(jaeger.inClusterUrl()).isEqualTo("http://jaeger.monitoring.svc:16686/jaeger");
        assertThat(jaeger.readiness()).isEqualTo(new Path(13133, "/status"));
        assertThat(jaeger.metrics()).isEqualTo(new Path(8888, "/metrics"));
    }

    @Test
    void a_host_of_its_own_leaves_the_paths_as_they_are() {
        ToolAddress kiali = MonitoringDomain.inNamespace("monitoring")
                .plainHttp()
                .expose(Tool.KIALI, Exposure.ownHost("kiali.example.org"))
                .place(Tool.KIALI, "istio-system")
                .build()
                .address(Tool.KIALI);

        assertThat(kiali.url()).isEqualTo("http://kiali.example.org");
        assertThat(kiali.inClusterUrl()).isEqualTo("http://kiali.istio-system.svc:20001");
        assertThat(kiali.root()).isEqualTo("/");
        assertThat(kiali.liveness()).isEqualTo(new Path(20001, "/healthz"));
    }

    @Test
    void a_tool_that_is_not_exposed_shows_its_address_in_the_cluster() {
        ToolAddress prometheus =
                MonitoringDomain.inNamespace("monitoring").build().address(Tool.PROMETHEUS);

        assertThat(prometheus.isExposed()).isFalse();
        assertThat(prometheus.url()).isEqualTo("http://prometheus.monitoring.svc:9090");
    }

    @Test
    void routes_of_a_shared_host_stand_with_the_longest_prefix_first() {
        MonitoringDomain domain = MonitoringDomain.inNamespace("monitoring")
                .expose(Tool.GRAFANA, Exposure.ownHost("monitoring.example.org"))
                .exposeBelow("monitoring.example.org", Tool.PROMETHEUS)
                .build();

        assertThat(domain.exposed()).extracting(ToolAddress::prefix).containsExactly("/prometheus", "");
    }

    @Test
    void two_tools_cannot_share_one_address() {
        var domain = MonitoringDomain.inNamespace("monitoring")
                .expose(Tool.GRAFANA, Exposure.ownHost("monitoring.example.org"))
                .expose(Tool.KIALI, Exposure.ownHost("monitoring.example.org"));

        assertThatThrownBy(domain::build)
                .isInstanceOf(InvalidValue.class)
                .hasMessage(
                        "kiali: \"monitoring.example.org\" is taken by another tool; give it a host or a path of its"
                                + " own");
    }

    @Test
    void loki_is_read_through_grafana_only() {
        var domain = MonitoringDomain.inNamespace("monitoring").exposeBelow("monitoring.example.org", Tool.LOKI);

        assertThatThrownBy(domain::build).hasMessage("loki: has no pages for a browser; read the logs through grafana");
    }

    @Test
    void a_prefix_neither_ends_with_a_slash_nor_holds_a_dot() {
        assertThatThrownBy(() -> Exposure.subPath("a.example.org", "/jaeger/"))
                .hasMessageStartingWith("prefix: \"/jaeger/\"");
        assertThatThrownBy(() -> Exposure.subPath("a.example.org", "/v1.2"))
                .hasMessageStartingWith("prefix: \"/v1.2\"");
    }
}
