package io.meshwright.trace.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meshwright.trace.Trace;
import io.meshwright.value.InvalidValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The result of each row of a request table in a mesh. */
public final class TableReport {
    private record Result(RequestRow row, List<String> misses) {}

    private final List<Result> results;

    private TableReport(List<Result> results) {
        this.results = results;
    }

    /**
     * Follows the requests of a file or of all files of a folder.
     *
     * @throws InvalidValue when the table is not as it must be
     */
    public static TableReport of(Path table, Trace trace) {
        return new TableReport(RequestTable.read(table).stream()
                .map(row -> new Result(row, misses(row, trace)))
                .toList());
    }

    private static List<String> misses(RequestRow row, Trace trace) {
        try {
            return row.misses(trace);
        } catch (InvalidValue wrong) {
            throw wrong.under("%s request".formatted(row.place()));
        }
    }

    /** True if every row is as expected. */
    public boolean isClean() {
        return results.stream().allMatch(result -> result.misses().isEmpty());
    }

    /** For people: the rows that fail, and a count. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Result result : results) {
            if (!result.misses().isEmpty()) {
                lines.add("%s %s: %s from %s"
                        .formatted(
                                result.row().place(),
                                result.row().name(),
                                result.row().request(),
                                result.row().request().from()));
                result.misses().forEach(miss -> lines.add("  %s".formatted(miss)));
            }
        }
        long failed =
                results.stream().filter(result -> !result.misses().isEmpty()).count();
        lines.add("%d rows, %d as expected, %d not".formatted(results.size(), results.size() - failed, failed));
        return lines;
    }

    /** For programs: every row with what is not as expected. */
    public ArrayNode json() {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (Result result : results) {
            ArrayNode misses = rows.addObject()
                    .put("name", result.row().name())
                    .put("request", result.row().request().toString())
                    .put("from", result.row().request().from())
                    .put("place", result.row().place().toString())
                    .put("asExpected", result.misses().isEmpty())
                    .putArray("misses");
            result.misses().forEach(misses::add);
        }
        return rows;
    }
}
