package io.meshwright.construct.observability.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.text.KnownKeys;
import org.junit.jupiter.api.Test;

class GrafanaConfigTest {
    @Test
    void knows_its_prefix_only_where_it_has_one() {
        assertThat(GrafanaConfig.environment(Samples.subPaths()))
                .containsEntry("GF_SERVER_ROOT_URL", "https://monitoring.example.org/grafana/")
                .containsEntry("GF_SERVER_SERVE_FROM_SUB_PATH", "true");
        assertThat(GrafanaConfig.environment(Samples.hosts()))
                .containsEntry("GF_SERVER_ROOT_URL", "https://grafana.example.org/")
                .containsEntry("GF_SERVER_SERVE_FROM_SUB_PATH", "false");
    }

    @Test
    void asks_for_a_login_and_replaces_no_plugin_at_start() {
        assertThat(GrafanaConfig.environment(Samples.subPaths()))
                .containsEntry("GF_AUTH_ANONYMOUS_ENABLED", "false")
                .containsEntry("GF_PLUGINS_PREINSTALL_DISABLED", "true")
                .containsEntry("GF_PLUGINS_PREINSTALL_AUTO_UPDATE", "false")
                .noneSatisfy((name, value) -> assertThat(name).contains("PASSWORD"));
    }

    @Test
    void data_sources_carry_the_prefixes_of_the_tools_that_they_ask() throws Exception {
        JsonNode sources = new YAMLMapper()
                .readTree(GrafanaConfig.dataSources(Samples.subPaths()))
                .path("datasources");

        assertThat(sources.findValuesAsText("url"))
                .contains(
                        "http://prometheus.monitoring.svc:9090/prometheus",
                        "http://loki.monitoring.svc:3100",
                        "http://jaeger.monitoring.svc:16686/jaeger");
        assertThat(sources.findValuesAsText("uid")).containsExactly("prometheus", "loki", "jaeger");
    }

    @Test
    void a_trace_leads_to_its_lines_and_a_line_to_its_trace() throws Exception {
        JsonNode sources = new YAMLMapper()
                .readTree(GrafanaConfig.dataSources(Samples.subPaths()))
                .path("datasources");

        assertThat(sources.at("/1/jsonData/derivedFields/0/datasourceUid").asText())
                .isEqualTo("jaeger");
        assertThat(sources.at("/1/jsonData/derivedFields/0/url").asText()).isEqualTo("$${__value.raw}");
        assertThat(sources.at("/2/jsonData/tracesToLogsV2/datasourceUid").asText())
                .isEqualTo("loki");
        assertThat("traceId=0af7651916cd43dd8448eb211c80319c")
                .containsPattern(
                        sources.at("/1/jsonData/derivedFields/1/matcherRegex").asText());
    }

    @Test
    void dashboards_are_read_from_where_they_are_mounted() throws Exception {
        JsonNode provider =
                new YAMLMapper().readTree(GrafanaConfig.dashboardProvider()).at("/providers/0");

        assertThat(provider.at("/options/path").asText()).isEqualTo(GrafanaConfig.DASHBOARDS);
        assertThat(provider.path("allowUiUpdates").asBoolean(true)).isFalse();
    }

    @Test
    void every_key_of_the_files_and_every_variable_is_one_that_grafana_reads() throws Exception {
        assertThat(KnownKeys.of("grafana").names())
                .containsAll(KnownKeys.in(new YAMLMapper().readTree(GrafanaConfig.dataSources(Samples.subPaths()))))
                .containsAll(KnownKeys.in(new YAMLMapper().readTree(GrafanaConfig.dashboardProvider())))
                .containsAll(GrafanaConfig.environment(Samples.subPaths()).keySet());
    }
}
