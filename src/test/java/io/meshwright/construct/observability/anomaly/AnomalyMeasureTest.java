package io.meshwright.construct.observability.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meshwright.construct.observability.Samples;
import io.meshwright.value.telemetry.Sensitivity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Precision, recall and delay of the warnings, beside thresholds that somebody set who knows each service's peak, and
 * beside the burn-rate alerts. A seed takes half a minute of a processor, so that all of them run where it is asked
 * for, by {@code -Danomalies.seeds=101-102,104-105}, which writes a file of {@code target/}; none was looked at while
 * the bands were made. A usual build holds the page to what was measured, and measures three services again.
 */
class AnomalyMeasureTest {
    private static final Path MEASURED = Path.of("test/resources/observability/anomalies-measured.csv");
    private static final Path PAGE = Path.of("../docs/ai-operations.md");
    private static final Pattern NAMED = Pattern.compile("-Danomalies\\.seeds=([0-9,-]+)");
    private static final Map<String, String> ALERTS = Map.of(
            "band", "Service(Requests|Errors|Latency|Saturation|Logs)Unusual",
            "threshold", "Fixed.+",
            "burn rate", "Service(Error|Latency)BudgetBurns.+");

    @TempDir
    private Path folder;

    @Test
    void the_page_has_the_table_of_what_was_measured() throws Exception {
        List<Outcome> measured = Outcome.read(Files.readAllLines(MEASURED));
        String page = Files.readString(PAGE);
        Matcher named = NAMED.matcher(page);

        assertThat(page).contains(new OutcomeTable(measured).markdown());
        assertThat(named.find()).isTrue();
        assertThat(measured.stream().map(Outcome::seed).distinct()).containsExactlyElementsOf(seeds(named.group(1)));
        assertThat(measured)
                .extracting(outcome -> List.of(outcome.seed(), outcome.service(), outcome.way()))
                .doesNotHaveDuplicates()
                .hasSize(seeds(named.group(1)).size() * DrawnCluster.of(1).size() * OutcomeTable.WAYS.size());
    }

    @Test
    void three_services_give_again_what_was_measured() throws Exception {
        List<Outcome> measured = Outcome.read(Files.readAllLines(MEASURED));
        Set<String> services = Set.of("many-errors", "silence", "no-fault-1");
        long seed = measured.get(0).seed();

        List<Outcome> again = measure(
                seed,
                DrawnCluster.of(seed).stream()
                        .filter(service -> services.contains(service.name()))
                        .toList());

        assertThat(again)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("minutes")
                .containsExactlyElementsOf(measured.stream()
                        .filter(outcome -> outcome.seed() == seed && services.contains(outcome.service()))
                        .toList());
        assertThat(again).anyMatch(Outcome::found).anyMatch(outcome -> !outcome.found());
    }

    @Test
    void all_services_of_the_seeds_give_again_what_was_measured() throws Exception {
        String seeds = System.getProperty("anomalies.seeds");
        assumeTrue(
                seeds != null,
                "precision, recall and delay of the anomaly warnings are measured only where it is asked for; give"
                        + " -Danomalies.seeds=101-102,104-105");
        Path written = Path.of("target/anomalies-%s.csv".formatted(seeds));
        List<String> lines = new ArrayList<>(List.of(Outcome.HEAD));
        for (long seed : seeds(seeds)) {
            measure(seed, DrawnCluster.of(seed)).stream().map(Outcome::line).forEach(lines::add);
            Files.write(written, lines);
        }

        System.out.println(new OutcomeTable(Outcome.read(lines)).markdown());
        assertThat(Files.readAllLines(MEASURED)).containsAll(lines);
    }

    /** Of {@code 101,103-105}. */
    private static List<Long> seeds(String text) {
        return Stream.of(text.split(","))
                .map(part -> part.split("-"))
                .flatMap(ends -> LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]))
                        .boxed())
                .toList();
    }

    private List<Outcome> measure(long seed, List<DrawnService> services) throws Exception {
        DrawnSeries series = new DrawnSeries(seed, DrawnCluster.HOURS);
        services.forEach(series::add);
        RenderedRules rules = RenderedRules.of(Samples.anomalies(
                Sensitivity.MEDIUM, services.stream().map(DrawnService::name).toList()));
        Path place = Files.createDirectories(folder.resolve(String.valueOf(seed)));
        List<Raised> raised = new PastRun(place, DrawnCluster.HOURS)
                .raised(
                        series,
                        List.of(rules.recorded(), rules.bands()),
                        List.of(rules.unusual(), rules.objectives(), FixedThresholds.text(services)));
        List<Outcome> outcomes = new ArrayList<>();
        for (DrawnService service : services) {
            for (String way : OutcomeTable.WAYS) {
                outcomes.add(outcome(
                        seed,
                        service,
                        way,
                        raised.stream()
                                .filter(each -> each.service().equals(service.name())
                                        && each.from() >= DrawnCluster.FIRST
                                        && each.alert().matches(ALERTS.get(way)))
                                .toList()));
            }
        }
        return outcomes;
    }

    private static Outcome outcome(long seed, DrawnService service, String way, List<Raised> raised) {
        if (service.faults().isEmpty()) {
            return new Outcome(seed, service.name(), way, -1, 0, raised.size());
        }
        Fault fault = service.faults().get(0);
        List<Raised> right = raised.stream()
                .filter(each -> each.beginsBetween(fault.from(), fault.to() + 0.5))
                .toList();
        long minutes = right.stream()
                .mapToLong(each -> Math.round(60 * (each.from() - fault.from())))
                .min()
                .orElse(-1);
        return new Outcome(seed, service.name(), way, minutes, right.size(), raised.size());
    }
}
