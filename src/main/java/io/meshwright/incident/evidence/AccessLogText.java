package io.meshwright.incident.evidence;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A line in Istio's default text format, which is the same from 1.9 on (istio, telemetry_logging.go); whatever a log
 * viewer writes before the time is passed over.
 */
final class AccessLogText {
    private static final Pattern LINE = Pattern.compile("\\[(\\d{4}-\\d\\d-\\d\\dT[^\\]]*)]\\s+\"([^\"]*)\"\\s+(.*)");
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");
    private static final List<Field> ORDER = List.of(
            Field.RESPONSE_CODE,
            Field.RESPONSE_FLAGS,
            Field.RESPONSE_CODE_DETAILS,
            Field.CONNECTION_TERMINATION_DETAILS,
            Field.UPSTREAM_TRANSPORT_FAILURE_REASON,
            Field.BYTES_RECEIVED,
            Field.BYTES_SENT,
            Field.DURATION,
            Field.UPSTREAM_SERVICE_TIME,
            Field.X_FORWARDED_FOR,
            Field.USER_AGENT,
            Field.REQUEST_ID,
            Field.AUTHORITY,
            Field.UPSTREAM_HOST,
            Field.UPSTREAM_CLUSTER,
            Field.UPSTREAM_LOCAL_ADDRESS,
            Field.DOWNSTREAM_LOCAL_ADDRESS,
            Field.DOWNSTREAM_REMOTE_ADDRESS,
            Field.REQUESTED_SERVER_NAME,
            Field.ROUTE_NAME);

    private AccessLogText() {}

    /** Empty for a line of another format. */
    static Optional<Evidence> read(String text) {
        Matcher line = LINE.matcher(text.strip());
        if (!line.find()) {
            return Optional.empty();
        }
        List<String> words = words(line.group(3));
        if (words.size() < ORDER.indexOf(Field.AUTHORITY)) {
            return Optional.empty();
        }
        Map<Field, String> values = new EnumMap<>(Field.class);
        values.put(Field.START_TIME, line.group(1));
        request(line.group(2), values);
        for (int index = 0; index < Math.min(words.size(), ORDER.size()); index++) {
            values.put(ORDER.get(index), words.get(index));
        }
        return Optional.of(Evidence.of(Evidence.Kind.ACCESS_LOG, values));
    }

    private static void request(String request, Map<Field, String> values) {
        String[] parts = request.split(" ");
        if (parts.length == 3) {
            values.put(Field.METHOD, parts[0]);
            values.put(Field.PATH, parts[1]);
            values.put(Field.PROTOCOL, parts[2]);
        }
    }

    private static List<String> words(String rest) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(rest);
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return words;
    }
}
