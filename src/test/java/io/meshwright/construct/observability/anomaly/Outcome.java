package io.meshwright.construct.observability.anomaly;

import java.util.ArrayList;
import java.util.List;

/**
 * The alerts of one way of alerting about one drawn service.
 *
 * @param minutes from the fault's beginning to the first alert that it raised; −1 if it raised none, or there was no
 *     fault
 * @param right alerts that began within the fault, or until half an hour after it
 * @param all alerts of the service
 */
record Outcome(long seed, String service, String way, long minutes, int right, int all) {
    static final String HEAD = "seed,service,way,minutes,right,all";

    boolean found() {
        return minutes >= 0;
    }

    String line() {
        return "%d,%s,%s,%d,%d,%d".formatted(seed, service, way, minutes, right, all);
    }

    static List<Outcome> read(List<String> lines) {
        List<Outcome> outcomes = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            outcomes.add(new Outcome(
                    Long.parseLong(cells[0]),
                    cells[1],
                    cells[2],
                    Long.parseLong(cells[3]),
                    Integer.parseInt(cells[4]),
                    Integer.parseInt(cells[5])));
        }
        return outcomes;
    }
}
