package io.meshwright.incident.evidence;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An answer as {@code curl -i} or a browser shows it: a status, perhaps headers, perhaps the body, in which Envoy says
 * what it means (envoy, local replies).
 */
final class ResponseText {
    private static final Pattern STATUS = Pattern.compile("(?:HTTP/[0-9.]+\\s+)?([1-5][0-9]{2})\\b.*");
    private static final Pattern HEADER = Pattern.compile("<?\\s*([A-Za-z][A-Za-z0-9-]*):\\s*(.*)");
    private static final Pattern RESET = Pattern.compile("reset reason: ([a-z ]+)");
    private static final Pattern FAILURE = Pattern.compile("transport failure reason: (.+)");
    private static final String FLAG = "flag ";

    /** The texts that Envoy writes into a body, with those of its log. */
    private static final Map<String, String> BODIES = bodies();

    private ResponseText() {}

    private static Map<String, String> bodies() {
        Map<String, String> bodies = new LinkedHashMap<>();
        bodies.put("RBAC: access denied", "rbac_access_denied");
        bodies.put("no healthy upstream", "flag UH");
        bodies.put("upstream request timeout", "flag UT");
        bodies.put("local_rate_limited", "flag RL");
        bodies.put("fault filter abort", "flag FI");
        bodies.put("Jwt", "jwt_authn_access_denied");
        bodies.put("Jwks", "jwt_authn_access_denied");
        bodies.put("overflow", "flag UO");
        bodies.put("stream timeout", "flag SI");
        bodies.put("Payload Too Large", "request_payload_too_large");
        return bodies;
    }

    /** Empty where it begins with no status. */
    static Optional<Evidence> read(String text) {
        List<String> lines = text.lines().map(String::strip).toList();
        Matcher status = STATUS.matcher(lines.isEmpty() ? "" : lines.get(0));
        if (!status.matches()) {
            return Optional.empty();
        }
        Map<Field, String> values = new EnumMap<>(Field.class);
        values.put(Field.RESPONSE_CODE, status.group(1));
        SortedMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : lines.subList(1, lines.size())) {
            Matcher header = HEADER.matcher(line);
            if (header.matches()) {
                headers.put(header.group(1), header.group(2));
            }
        }
        headers(headers, values);
        body(text, values);
        return Optional.of(new Evidence(Evidence.Kind.RESPONSE, values, headers));
    }

    /** Only what has passed an application carries the time that it took (envoy, router). */
    private static void headers(Map<String, String> headers, Map<Field, String> values) {
        String time = headers.get("x-envoy-upstream-service-time");
        if (time != null) {
            values.put(Field.UPSTREAM_SERVICE_TIME, time);
            values.put(Field.RESPONSE_CODE_DETAILS, "via_upstream");
        }
        if (headers.containsKey("x-envoy-overloaded")) {
            values.put(Field.RESPONSE_FLAGS, "UO");
        }
        if (headers.containsKey("x-envoy-ratelimited")) {
            values.put(Field.RESPONSE_FLAGS, "RL");
        }
        String id = headers.get("x-request-id");
        if (id != null) {
            values.put(Field.REQUEST_ID, id);
        }
    }

    private static void body(String text, Map<Field, String> values) {
        BODIES.entrySet().stream()
                .filter(entry -> text.contains(entry.getKey()))
                .findFirst()
                .ifPresent(entry -> said(entry.getValue(), values));
        Matcher reset = RESET.matcher(text);
        if (reset.find()) {
            String reason = reset.group(1).strip();
            String flag = reason.startsWith("overflow")
                    ? "UO"
                    : reason.contains("connection failure") || reason.contains("connection timeout")
                            ? "UF"
                            : reason.startsWith("connection termination")
                                    ? "UC"
                                    : reason.startsWith("protocol error") ? "UPE" : "UR";
            values.put(Field.RESPONSE_FLAGS, flag);
            values.put(Field.UPSTREAM_TRANSPORT_FAILURE_REASON, reason);
        }
        Matcher failure = FAILURE.matcher(text);
        if (failure.find()) {
            values.put(Field.UPSTREAM_TRANSPORT_FAILURE_REASON, failure.group(1).strip());
        }
    }

    private static void said(String meaning, Map<Field, String> values) {
        if (meaning.startsWith(FLAG)) {
            values.put(Field.RESPONSE_FLAGS, meaning.substring(FLAG.length()));
        } else {
            values.put(Field.RESPONSE_CODE_DETAILS, meaning);
        }
    }
}
