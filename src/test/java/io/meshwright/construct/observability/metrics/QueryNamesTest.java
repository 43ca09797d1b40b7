package io.meshwright.construct.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.alerts.Alert;
import io.meshwright.construct.observability.alerts.AlertCatalogue;
import io.meshwright.construct.observability.dashboards.DashboardQueries;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QueryNamesTest {
    private static final ExportedMetrics EXPORTED = ExportedMetrics.load();
    // A label that the query itself puts on what it joins.
    private static final Pattern MADE = Pattern.compile("\"(\\w+)\", \"[^\"]*\", \"\", \"\"\\)");
    private static final Pattern JOB = Pattern.compile("\\bjob=~?\"([^\"]*)\"");

    static Stream<String> queries() {
        List<Alert> alerts = AlertCatalogue.of(Samples.watched()).alerts();
        Stream<String> rules = alerts.stream().map(Alert::expression);
        Stream<String> looks =
                alerts.stream().flatMap(alert -> alert.looks().stream()).map(Alert.Look::query);
        return Stream.of(rules, looks, DashboardQueries.promQl(), RecordingQueries.all())
                .flatMap(query -> query)
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void every_metric_and_label_of_a_query_is_exported(String query) {
        QueryNames names = QueryNames.of(query);
        Set<String> known = new TreeSet<>(Set.of("__name__", "le"));
        names.metrics().forEach(metric -> known.addAll(EXPORTED.labels(metric)));
        MADE.matcher(query).results().forEach(made -> known.add(made.group(1)));

        assertThat(names.metrics())
                .allSatisfy(
                        metric -> assertThat(EXPORTED.has(metric)).as(metric).isTrue());
        assertThat(names.metrics())
                .allSatisfy(metric -> assertThat(EXPORTED.labels(metric)).containsAll(names.labels(metric)));
        assertThat(known).containsAll(names.groupings());
    }

    @ParameterizedTest
    @MethodSource("queries")
    void every_job_that_a_query_names_is_scraped(String query) {
        assertThat(JOB.matcher(query).results().map(found -> found.group(1)))
                .allMatch(job -> Stream.of(ScrapeJob.values())
                        .anyMatch(scraped -> scraped.label().equals(job)));
    }

    @Test
    void reads_metrics_selectors_and_groupings() {
        QueryNames names = QueryNames.of("""
        sum by (a, b) (rate(first_total{c="x{y}",d!~"z"}[5m])) / on (a) group_left (e) second or vector(1.5e3) * 0""");

        assertThat(names.metrics()).containsExactly("first_total", "second");
        assertThat(names.labels("first_total")).containsExactly("c", "d");
        assertThat(names.groupings()).containsExactly("a", "b", "e");
    }

    @Test
    void a_metric_that_nobody_exports_is_noticed() {
        assertThat(EXPORTED.has("istio_request_total")).isFalse();
        assertThat(EXPORTED.labels("istio_requests_total"))
                .contains("destination_version")
                .doesNotContain("destination_revision");
    }
}
