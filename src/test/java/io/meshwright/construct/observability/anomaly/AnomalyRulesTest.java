package io.meshwright.construct.observability.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.construct.observability.anomaly.Fault.Kind;
import io.meshwright.construct.observability.metrics.AnomalyRules;
import io.meshwright.construct.observability.program.Program;
import io.meshwright.construct.observability.settings.Anomalies;
import io.meshwright.construct.observability.settings.WatchedService;
import io.meshwright.value.Name;
import io.meshwright.value.telemetry.Sensitivity;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nine days and a half of drawn services through the rules: each has one story, and the wave of a week below it. */
class AnomalyRulesTest {
    private static final int HOURS = 230;
    /** Of the ninth day, a Tuesday, when there is something to look back at. */
    private static final double THEN = 8 * 24 + 12;

    private static final String RAISED =
            "count_over_time(ALERTS{alertname=~\"Service.*Unusual\",alertstate=\"firing\"}[%dm])";
    private static final Map<String, List<String>> RAISED_THEN = new TreeMap<>();
    private static final Map<String, List<String>> RAISED_BEFORE = new TreeMap<>();
    private static Map<String, Double> seriesOfEach = Map.of();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void run() throws Exception {
        List<DrawnService> services = services();
        DrawnSeries series = new DrawnSeries(7, HOURS);
        services.forEach(series::add);
        Anomalies anomalies =
                new Anomalies(services.stream().map(AnomalyRulesTest::watched).toList(), 12);
        RuleRun run = new RuleRun(folder, 20);
        int before = run.ask(RAISED.formatted(8 * 24 * 60), 8 * 24);
        int after = run.ask(RAISED.formatted((HOURS - 8 * 24) * 60), HOURS - 0.5);
        int count = run.ask("count by (destination_service_name) ({__name__=~\"anomaly:.*\"})", THEN - 1);

        List<Map<String, Double>> answers = run.answers(Program.of("promtool"), anomalies, series.yaml());

        collect(answers.get(before), RAISED_BEFORE);
        collect(answers.get(after), RAISED_THEN);
        seriesOfEach = answers.get(count);
    }

    private static WatchedService watched(DrawnService service) {
        Sensitivity sensitivity = Stream.of(Sensitivity.values())
                .filter(each -> service.name().endsWith("-".concat(each.name().toLowerCase(Locale.ROOT))))
                .findFirst()
                .orElse(Sensitivity.MEDIUM);
        return new WatchedService(
                Name.of("shop"), Name.of(service.name()), service.name(), List.of(service.name()), sensitivity);
    }

    private static List<DrawnService> services() {
        return List.of(
                DrawnService.weekly("usual", 20),
                DrawnService.weekly("step", 20, new Fault(Kind.TRAFFIC, THEN, 2, 3)),
                DrawnService.weekly(
                        "early",
                        20,
                        new Fault(Kind.TRAFFIC, 5 * 24 + 12, 3, 5),
                        new Fault(Kind.ERRORS, 6 * 24, 4, 0.5)),
                DrawnService.weekly("drift", 20, new Fault(Kind.TRAFFIC_DRIFT, THEN - 4, 8, 3)),
                DrawnService.weekly("silent", 20, new Fault(Kind.TRAFFIC, THEN, 2, 0)),
                DrawnService.weekly(
                        "quiet", 0.1, new Fault(Kind.TRAFFIC, THEN, 2, 0), new Fault(Kind.ERRORS, THEN, 2, 0.5)),
                DrawnService.weekly("missing", 20, new Fault(Kind.MISSING, THEN, 3, 0)),
                DrawnService.weekly("gap-last-week", 20, new Fault(Kind.MISSING, THEN - 7 * 24 - 1, 3, 0)),
                DrawnService.weekly(
                        "restarted",
                        20,
                        new Fault(Kind.RESET, THEN, 0.01, 0),
                        new Fault(Kind.RESET, THEN + 3, 0.01, 0)),
                DrawnService.weekly("failing", 20, new Fault(Kind.ERRORS, THEN, 2, 0.04)),
                DrawnService.weekly("slow", 20, new Fault(Kind.SLOW, THEN, 2, 4)),
                DrawnService.weekly("slower", 20, new Fault(Kind.SLOW_DRIFT, THEN - 4, 8, 5)),
                DrawnService.weekly("busy", 20, new Fault(Kind.BUSY, THEN, 2, 3)),
                DrawnService.weekly("chatty", 20, new Fault(Kind.LINES, THEN, 2, 8)),
                DrawnService.weekly("more-high", 20, new Fault(Kind.TRAFFIC, THEN, 2, 1.6)),
                DrawnService.weekly("more-low", 20, new Fault(Kind.TRAFFIC, THEN, 2, 1.6)));
    }

    @Test
    void nothing_is_raised_in_the_first_eight_days_whatever_happens() {
        assertThat(RAISED_BEFORE).isEmpty();
    }

    @Test
    void the_wave_of_a_week_is_usual() {
        assertThat(RAISED_THEN).doesNotContainKey("usual");
    }

    @Test
    void steps_drifts_and_silence_of_the_requests_are_told() {
        assertThat(RAISED_THEN.get("step")).contains("ServiceRequestsUnusual");
        assertThat(RAISED_THEN.get("drift")).contains("ServiceRequestsUnusual");
        assertThat(RAISED_THEN.get("silent")).containsExactly("ServiceRequestsUnusual");
    }

    @Test
    void each_other_signal_has_an_alert_of_its_own_and_raises_no_other() {
        assertThat(RAISED_THEN.get("failing")).containsExactly("ServiceErrorsUnusual");
        assertThat(RAISED_THEN.get("slow")).containsExactly("ServiceLatencyUnusual");
        assertThat(RAISED_THEN.get("slower")).containsExactly("ServiceLatencyUnusual");
        assertThat(RAISED_THEN.get("busy")).containsExactly("ServiceSaturationUnusual");
        assertThat(RAISED_THEN.get("chatty")).containsExactly("ServiceLogsUnusual");
    }

    @Test
    void the_sensitivity_decides_whether_half_as_many_more_is_unusual() {
        assertThat(RAISED_THEN.get("more-high")).contains("ServiceRequestsUnusual");
        assertThat(RAISED_THEN).doesNotContainKey("more-low");
    }

    @Test
    void too_little_traffic_missing_samples_and_restarts_say_nothing() {
        assertThat(RAISED_THEN).doesNotContainKeys("quiet", "missing", "gap-last-week", "restarted");
    }

    @Test
    void a_service_has_no_more_series_than_stated() {
        assertThat(seriesOfEach)
                .hasSize(services().size())
                .allSatisfy((service, series) ->
                        assertThat(series).as(service).isLessThanOrEqualTo(AnomalyRules.SERIES_PER_SERVICE));
        assertThat(seriesOfEach)
                .containsEntry("destination_service_name=\"usual\"", (double) AnomalyRules.SERIES_PER_SERVICE);
    }

    private static void collect(Map<String, Double> raised, Map<String, List<String>> into) {
        raised.keySet()
                .forEach(labels -> into.merge(
                        value(labels, "destination_service_name"),
                        List.of(value(labels, "alertname")),
                        (a, b) -> Stream.concat(a.stream(), b.stream())
                                .sorted()
                                .distinct()
                                .toList()));
    }

    private static String value(String labels, String name) {
        return labels.replaceFirst("(^|.*, ?)%s=\"([^\"]*)\".*".formatted(name), "$2");
    }
}
