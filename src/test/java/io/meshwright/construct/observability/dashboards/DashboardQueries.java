package io.meshwright.construct.observability.dashboards;

import io.meshwright.construct.observability.Samples;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The queries of all dashboards. */
public final class DashboardQueries {
    private static final Pattern VALUES = Pattern.compile("label_values\\((.*), (\\w+)\\)");

    private DashboardQueries() {}

    /** Those for Prometheus; what a variable can be chosen from is written as a query that groups by it. */
    public static Stream<String> promQl() {
        Stream<String> variables = DashboardCatalogue.of(Samples.watched()).stream()
                .flatMap(dashboard -> dashboard.variables().stream())
                .map(variable -> VALUES.matcher(variable.values()))
                .filter(Matcher::matches)
                .map(values -> "count by (%s) (%s)".formatted(values.group(2), values.group(1)));
        return Stream.concat(of(Source.PROMETHEUS), variables);
    }

    /** Those for one store. */
    public static Stream<String> of(Source source) {
        return DashboardCatalogue.of(Samples.watched()).stream()
                .flatMap(dashboard -> dashboard.queries().stream())
                .filter(query -> query.source() == source)
                .map(Query::expression);
    }
}
