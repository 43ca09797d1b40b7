package io.meshwright.incident.evidence;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the table that {@code istioctl proxy-config endpoints} prints: an address, its health, the outlier check and
 * its cluster.
 */
final class EndpointTable {
    private static final Pattern ROW = Pattern.compile(
            "(\\S+)\\s+(HEALTHY|UNHEALTHY|DRAINING|TIMEOUT|DEGRADED)\\s+(OK|FAILED)\\s+((?:outbound|inbound)\\|\\S*)");

    private EndpointTable() {}

    /** One for each endpoint that gets nothing; none where the text is no such table. */
    static List<Evidence> read(String text) {
        List<Evidence> endpoints = new ArrayList<>();
        boolean any = false;
        for (String line : text.lines().toList()) {
            Matcher row = ROW.matcher(line.strip());
            if (!row.matches()) {
                continue;
            }
            any = true;
            boolean ejected = row.group(3).equals("FAILED");
            if (ejected || !row.group(2).equals("HEALTHY")) {
                Map<Field, String> values = new EnumMap<>(Field.class);
                values.put(Field.UPSTREAM_HOST, row.group(1));
                values.put(Field.UPSTREAM_CLUSTER, row.group(4));
                values.put(Field.RESPONSE_FLAGS, "UH");
                values.put(Field.RESPONSE_CODE_DETAILS, ejected ? "outlier_ejected" : "unhealthy_endpoint");
                endpoints.add(Evidence.of(Evidence.Kind.ENDPOINTS, values));
            }
        }
        return any && endpoints.isEmpty() ? List.of(Evidence.of(Evidence.Kind.ENDPOINTS, Map.of())) : endpoints;
    }
}
