package io.meshwright.construct.observability.anomaly;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Outcomes as the table of docs/ai-operations.md. */
final class OutcomeTable {
    static final List<String> WAYS = List.of("band", "threshold", "burn rate");

    private final List<Outcome> outcomes;

    OutcomeTable(List<Outcome> outcomes) {
        this.outcomes = outcomes;
    }

    String markdown() {
        StringBuilder table = new StringBuilder("| fault | band | fixed threshold | burn rate |\n|---|---|---|---|\n");
        outcomes.stream()
                .map(Outcome::service)
                .collect(Collectors.toCollection(LinkedHashSet::new))
                .forEach(service ->
                        row(table, title(service), outcome -> outcome.service().equals(service)));
        row(table, "all", outcome -> true);
        return table.toString();
    }

    private static String title(String service) {
        return service.replace('-', ' ').replace("cpu", "CPU");
    }

    private void row(StringBuilder table, String title, Predicate<Outcome> of) {
        table.append("| %s | %s |\n"
                .formatted(
                        title,
                        WAYS.stream()
                                .map(way -> cell(outcomes.stream()
                                        .filter(of)
                                        .filter(outcome -> outcome.way().equals(way))
                                        .toList()))
                                .collect(Collectors.joining(" | "))));
    }

    private static String cell(List<Outcome> of) {
        String alerts = "%d of %d".formatted(sum(of, true), sum(of, false));
        List<Outcome> faults =
                of.stream().filter(each -> !DrawnCluster.isCalm(each.service())).toList();
        if (faults.isEmpty()) {
            return "– · – · %s".formatted(alerts);
        }
        List<Long> minutes = faults.stream()
                .filter(Outcome::found)
                .map(Outcome::minutes)
                .sorted()
                .toList();
        String delay = minutes.isEmpty() ? "–" : "%d min".formatted(minutes.get((minutes.size() - 1) / 2));
        return "%d of %d · %s · %s".formatted(minutes.size(), faults.size(), delay, alerts);
    }

    private static int sum(List<Outcome> of, boolean right) {
        return of.stream().mapToInt(right ? Outcome::right : Outcome::all).sum();
    }
}
