package io.meshwright.incident.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the tables that {@code istioctl proxy-config} prints of clusters, routes and listeners; their columns begin
 * where their titles do (istioctl, writer of config dumps, from 1.18 on).
 */
final class ProxyTable {
    private static final int MOST_ROWS = 20_000;
    private static final List<String> CLUSTERS =
            List.of("SERVICE FQDN", "PORT", "SUBSET", "DIRECTION", "TYPE", "DESTINATION RULE");
    private static final List<String> ROUTES = List.of("NAME", "VHOST NAME", "DOMAINS", "MATCH", "VIRTUAL SERVICE");
    private static final List<String> LISTENERS = List.of("ADDRESSES", "PORT", "MATCH", "DESTINATION");
    private static final String CLUSTER = "Cluster: ";

    private final List<Integer> starts;
    private final List<String> rows;

    private ProxyTable(List<Integer> starts, List<String> rows) {
        this.starts = starts;
        this.rows = rows;
    }

    /** One for the whole table, whose labels are its rows; empty where the text is none. */
    static Optional<Evidence> read(String text) {
        List<String> lines =
                text.lines().filter(line -> !line.isBlank()).limit(MOST_ROWS).toList();
        return of(lines, CLUSTERS)
                .map(table -> new Evidence(Evidence.Kind.CLUSTERS, Map.of(), table.clusters()))
                .or(() -> of(lines, ROUTES).map(table -> new Evidence(Evidence.Kind.ROUTES, Map.of(), table.routes())))
                .or(() -> of(lines, LISTENERS)
                        .map(table -> new Evidence(Evidence.Kind.LISTENERS, Map.of(), table.listeners())));
    }

    private static Optional<ProxyTable> of(List<String> lines, List<String> titles) {
        for (int at = 0; at < lines.size(); at++) {
            List<Integer> starts = starts(lines.get(at), titles);
            if (starts.size() == titles.size()) {
                return Optional.of(new ProxyTable(starts, lines.subList(at + 1, lines.size())));
            }
        }
        return Optional.empty();
    }

    private static List<Integer> starts(String line, List<String> titles) {
        List<Integer> starts = new ArrayList<>();
        int from = 0;
        for (String title : titles) {
            int start = line.indexOf(title, from);
            if (start < 0 || !line.substring(from, start).isBlank()) {
                return List.of();
            }
            starts.add(start);
            from = start + title.length();
        }
        return line.substring(from).isBlank() ? starts : List.of();
    }

    private String cell(String row, int column) {
        int start = Math.min(row.length(), starts.get(column));
        int end = column + 1 < starts.size() ? Math.min(row.length(), starts.get(column + 1)) : row.length();
        String cell = row.substring(start, end).strip();
        return cell.equals("-") ? "" : cell;
    }

    /** The cluster's name as a log has it, and its DestinationRule. */
    private SortedMap<String, String> clusters() {
        SortedMap<String, String> clusters = new TreeMap<>();
        for (String row : rows) {
            String direction = cell(row, 3);
            if (!direction.isEmpty()) {
                clusters.put(
                        "%s|%s|%s|%s".formatted(direction, cell(row, 1), cell(row, 2), cell(row, 0)), cell(row, 5));
            }
        }
        return clusters;
    }

    /** The route's, the virtual host's and the match's names, and the VirtualService, or 404. */
    private SortedMap<String, String> routes() {
        SortedMap<String, String> routes = new TreeMap<>();
        for (String row : rows) {
            routes.put(
                    "%s %s %s"
                            .formatted(cell(row, 0), cell(row, 1), cell(row, 3))
                            .strip(),
                    cell(row, 4));
        }
        return routes;
    }

    /** The clusters to which listeners send, each with where it listens. */
    private SortedMap<String, String> listeners() {
        SortedMap<String, String> listeners = new TreeMap<>();
        for (String row : rows) {
            String destination = cell(row, 3);
            if (destination.startsWith(CLUSTER)) {
                listeners.put(
                        destination.substring(CLUSTER.length()).strip(), "%s:%s".formatted(cell(row, 0), cell(row, 1)));
            }
        }
        return listeners;
    }
}
