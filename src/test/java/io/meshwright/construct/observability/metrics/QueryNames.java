package io.meshwright.construct.observability.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names in a PromQL expression: its metrics with the labels that they are selected by, and the labels that it
 * groups by. Whether the expression is valid at all, promtool says; here only its words are read.
 */
public final class QueryNames {
    private static final Pattern TOKEN =
            Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"|\\[[^]]*]|\\b[0-9][0-9a-z.]*\\b|[a-zA-Z_:][a-zA-Z0-9_:]*|[^\\s]");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset", "atan2", "inf", "nan");
    private static final Set<String> GROUPINGS = Set.of("by", "without", "on", "ignoring", "group_left", "group_right");

    private final Map<String, Set<String>> selected = new TreeMap<>();
    private final Set<String> groupings = new TreeSet<>();
    private final List<String> tokens = new ArrayList<>();
    private int at;

    private QueryNames() {}

    public static QueryNames of(String expression) {
        QueryNames names = new QueryNames();
        Matcher matcher = TOKEN.matcher(expression);
        while (matcher.find()) {
            names.tokens.add(matcher.group());
        }
        names.read();
        return names;
    }

    public Set<String> metrics() {
        return selected.keySet();
    }

    /** Labels by which a metric is selected. */
    public Set<String> labels(String metric) {
        return selected.get(metric);
    }

    /** Labels by which results are grouped or joined. */
    public Set<String> groupings() {
        return groupings;
    }

    private void read() {
        for (at = 0; at < tokens.size(); at++) {
            String token = tokens.get(at);
            if (GROUPINGS.contains(token) && next().equals("(")) {
                groupings.addAll(names("(", ")"));
            } else if (isName(token) && !OPERATORS.contains(token) && !GROUPINGS.contains(token) && !isCall()) {
                selected.computeIfAbsent(token, name -> new TreeSet<>())
                        .addAll(next().equals("{") ? names("{", "}") : Set.of());
            }
        }
    }

    /** A function, or an aggregation whose labels come before its argument. */
    private boolean isCall() {
        return next().equals("(") || GROUPINGS.contains(next());
    }

    private Set<String> names(String open, String close) {
        Set<String> names = new TreeSet<>();
        at++;
        while (!tokens.get(at).equals(close)) {
            if (isName(tokens.get(at))) {
                names.add(tokens.get(at));
            }
            at++;
        }
        return names;
    }

    private String next() {
        return at + 1 < tokens.size() ? tokens.get(at + 1) : "";
    }

    private static boolean isName(String token) {
        return token.matches("[a-zA-Z_:][a-zA-Z0-9_:]*");
    }
}
