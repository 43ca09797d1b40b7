package io.meshwright.construct.observability.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.metrics.ExportedMetrics;
import io.meshwright.construct.observability.metrics.QueryNames;
import io.meshwright.construct.observability.program.Program;
import io.meshwright.value.telemetry.MonitoringParts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DashboardCatalogueTest {
    private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

    @TempDir
    private Path folder;

    static List<Dashboard> dashboards() {
        return DashboardCatalogue.of(Samples.watched());
    }

    @Test
    void kiali_finds_its_dashboards_by_their_titles_and_hands_over_what_it_looks_at() {
        assertThat(dashboards().stream()
                        .flatMap(dashboard -> dashboard.kiali().stream())
                        .map(KialiLink::title))
                .containsExactly(
                        "Istio Mesh Dashboard",
                        "Istio Service Dashboard",
                        "Istio Workload Dashboard",
                        "Istio Control Plane Dashboard",
                        "Istio Performance Dashboard");
        assertThat(ServiceDashboard.service().kiali().orElseThrow().variables())
                .containsEntry("service", "var-service");
        assertThat(WorkloadDashboard.workload().kiali().orElseThrow().variables())
                .containsEntry("namespace", "var-namespace")
                .containsEntry("workload", "var-workload");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panels_lie_beside_and_below_each_other(Dashboard dashboard) throws Exception {
        Set<String> taken = new HashSet<>();
        for (JsonNode panel : new ObjectMapper()
                .readTree(dashboard.json(MonitoringParts.ours()))
                .path("panels")) {
            JsonNode place = panel.path("gridPos");
            for (int x = place.path("x").asInt();
                    x < place.path("x").asInt() + place.path("w").asInt();
                    x++) {
                for (int y = place.path("y").asInt();
                        y < place.path("y").asInt() + place.path("h").asInt();
                        y++) {
                    assertThat(taken.add("%d,%d".formatted(x, y)))
                            .as("%s at %d,%d", panel.path("title"), x, y)
                            .isTrue();
                    assertThat(x).isLessThan(24);
                }
            }
        }
        assertThat(taken).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void a_dashboard_fits_a_config_map_and_has_ids_of_its_own(Dashboard dashboard) throws Exception {
        JsonNode json = new ObjectMapper().readTree(dashboard.json(MonitoringParts.ours()));

        assertThat(json.path("panels"))
                .extracting(panel -> panel.path("id").asInt())
                .isNotEmpty()
                .doesNotHaveDuplicates();
        assertThat(dashboard.json(MonitoringParts.ours()).getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThan(256 * 1024);
        assertThat(dashboards()).extracting(Dashboard::uid).doesNotHaveDuplicates();
    }

    @Test
    void legends_name_labels_that_the_series_have() {
        ExportedMetrics exported = ExportedMetrics.load();
        assertThat(dashboards().stream()
                        .flatMap(dashboard -> dashboard.queries().stream())
                        .filter(query -> query.source() == Source.PROMETHEUS))
                .isNotEmpty()
                .allSatisfy(query -> {
                    QueryNames names = QueryNames.of(query.expression());
                    Set<String> labels = new TreeSet<>(names.groupings());
                    if (labels.isEmpty()) {
                        names.metrics().forEach(metric -> labels.addAll(exported.labels(metric)));
                    }
                    assertThat(labels)
                            .as(query.expression())
                            .containsAll(LEGEND.matcher(query.legend())
                                    .results()
                                    .map(match -> match.group(1))
                                    .toList());
                });
    }

    @Test
    void log_queries_select_by_labels_that_are_set() {
        Stream<String> queries = DashboardQueries.of(Source.LOKI).filter(query -> !query.contains("__pattern__"));

        assertThat(queries)
                .isNotEmpty()
                .allMatch(query -> query.matches("(quantile_over_time\\(0[.]95, )?"
                        + "\\{((namespace|pod|container|app|version|log_type)=~?\"[^\"]+\",?)+}( [|].+)?"));
    }

    @Test
    void grafana_s_own_types_accept_every_dashboard() throws Exception {
        Program schema = Program.of("grafana-schema");
        List<String> files = new ArrayList<>();
        for (Dashboard dashboard : dashboards()) {
            // The published types lack what Grafana's data source for Loki reads (QueryJSONModel in its api.go).
            String json = dashboard
                    .json(MonitoringParts.ours())
                    .replaceAll(",\\s*\"supportingQueryType\"\\s*:\\s*\"[a-z-]+\"", "");
            files.add(Files.writeString(folder.resolve(dashboard.file()), json).toString());
        }
        String misspelt = Files.writeString(
                        folder.resolve("misspelt.json"),
                        dashboards()
                                .get(0)
                                .json(MonitoringParts.ours())
                                .replace("\"reduceOptions\"", "\"reduceOption\""))
                .toString();

        Program.Answer answer = schema.run(folder, files.toArray(String[]::new));

        assertThat(answer.exit()).as(answer.output()).isZero();
        assertThat(schema.run(folder, misspelt).output()).contains("'\"reduceOption\"' does not exist");
    }

    @Test
    void promtool_parses_every_query() throws Exception {
        Program promtool = Program.of("promtool");
        StringBuilder rules = new StringBuilder("groups:\n- name: panels\n  rules:\n");
        DashboardQueries.promQl()
                .distinct()
                .forEach(query -> rules.append("  - record: panel:%d\n    expr: |-\n      %s\n"
                        .formatted(rules.length(), query.replace("\n", "\n      "))));
        Files.writeString(folder.resolve("panels.yaml"), rules);

        Program.Answer answer = promtool.run(folder, "check", "rules", "panels.yaml");

        assertThat(answer.exit()).as(answer.output()).isZero();
    }

    @Test
    void the_service_s_dashboard_shows_which_lines_are_alike_where_loki_finds_that_out() throws Exception {
        String with = ServiceDashboard.withPatterns().json(MonitoringParts.ours());

        assertThat(with).contains("Lines that are alike", "{__pattern__=", "grafana-lokiexplore-app");
        assertThat(new ObjectMapper()
                        .readTree(with)
                        .at("/templating/list/2/hide")
                        .asInt())
                .isEqualTo(2);
        assertThat(ServiceDashboard.withPatterns().kiali())
                .isEqualTo(ServiceDashboard.service().kiali());
        assertThat(DashboardCatalogue.of(Samples.subPaths()))
                .extracting(dashboard -> dashboard.json(MonitoringParts.ours()))
                .noneMatch(json -> json.contains("__pattern__"));
    }
}
