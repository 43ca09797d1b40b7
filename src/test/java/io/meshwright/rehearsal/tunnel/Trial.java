package io.meshwright.rehearsal.tunnel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** One request that was sent: what its client got, and what each proxy on its way wrote, in the order of the way. */
record Trial(Answer answer, List<JsonNode> lines, int arrivals) {
    private static final String PASSED_ON = "via_upstream";

    /** What the first proxy wrote. */
    Optional<JsonNode> first() {
        return lines.stream().findFirst();
    }

    /** The proxy that ended the request by itself. */
    Optional<JsonNode> ender() {
        return lines.stream()
                .filter(line -> !line.path("details").asText("-").equals(PASSED_ON))
                .reduce((one, other) -> other);
    }

    /** {@code outbound|80|v1|host} of the last proxy that chose where to go. */
    String cluster() {
        return lines.stream()
                .map(line -> line.path("cluster").asText(""))
                .filter(name -> name.startsWith("outbound|"))
                .reduce((one, other) -> other)
                .orElse("");
    }
}
