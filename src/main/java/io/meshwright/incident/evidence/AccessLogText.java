package io.meshwright.incident.evidence;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A line in Istio's default text format, which is the same from 1.9 on (istio, telemetry_logging.go), in that of older
 * releases, which tells neither details nor termination, or in Envoy's own (envoy, default format string); whatever a
 * log viewer writes before the time is passed over.
 */
final class AccessLogText {
    private static final Pattern LINE =
            Pattern.compile("\\[(\\d{4}-\\d\\d-\\d\\dT[^\\]]*)]\\s+\"(.*?)\"\\s+(\\d{1,3}\\s.*)");
    // Envoy writes what clients send as it is: an agent may hold quotation marks, which what stands behind it may not.
    private static final Pattern AGENT =
            Pattern.compile("^((?:[^\"]*\"[^\"]*\"){0,2}[^\"]*\"[^\"]*\" )\"(.*)\"((?: \"[^\" ]*\"){3}(?: [^\" ]+)*)$");
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

    /** Envoy's own, which begins with numbers behind the flags. */
    private static final List<Field> OF_ENVOY = List.of(
            Field.RESPONSE_CODE,
            Field.RESPONSE_FLAGS,
            Field.BYTES_RECEIVED,
            Field.BYTES_SENT,
            Field.DURATION,
            Field.UPSTREAM_SERVICE_TIME,
            Field.X_FORWARDED_FOR,
            Field.USER_AGENT,
            Field.REQUEST_ID,
            Field.AUTHORITY,
            Field.UPSTREAM_HOST);

    private static final int FLAGS = 2;

    private AccessLogText() {}

    /** Empty for a line of another format. */
    static Optional<Evidence> read(String text) {
        Matcher line = LINE.matcher(text.strip());
        if (!line.find()) {
            return Optional.empty();
        }
        // Tables escape the bars of a cluster's name.
        List<Word> words = words(quoted(line.group(3).replace("\\|", "|").strip()));
        List<Field> order = order(words);
        if (words.size() < order.indexOf(Field.AUTHORITY)) {
            return Optional.empty();
        }
        Map<Field, String> values = new EnumMap<>(Field.class);
        values.put(Field.START_TIME, line.group(1));
        request(line.group(2), values);
        for (int index = 0; index < Math.min(words.size(), order.size()); index++) {
            values.put(order.get(index), words.get(index).text());
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

    private record Word(String text, boolean quoted) {
        boolean isNumber() {
            return !quoted && text.matches("[0-9]+");
        }
    }

    /**
     * The third word tells the format: details have no quotes, the transport's reason has them, numbers are Envoy's.
     */
    private static List<Field> order(List<Word> words) {
        if (words.size() <= FLAGS + 1) {
            return ORDER;
        }
        if (words.get(FLAGS).isNumber()) {
            return OF_ENVOY;
        }
        if (!words.get(FLAGS).quoted()) {
            return ORDER;
        }
        if (words.get(FLAGS + 1).quoted()) {
            words.remove(FLAGS); // up to 1.5, what Mixer said
        }
        List<Field> order = new ArrayList<>(ORDER);
        order.remove(Field.RESPONSE_CODE_DETAILS);
        order.remove(Field.CONNECTION_TERMINATION_DETAILS);
        return order;
    }

    private static String quoted(String rest) {
        Matcher agent = AGENT.matcher(rest);
        return agent.matches()
                ? "%s\"%s\"%s".formatted(agent.group(1), agent.group(2).replace('"', '\''), agent.group(3))
                : rest;
    }

    private static List<Word> words(String rest) {
        List<Word> words = new ArrayList<>();
        Matcher word = WORD.matcher(rest);
        while (word.find()) {
            boolean quoted = word.group(1) != null;
            words.add(new Word(quoted ? word.group(1) : word.group(2), quoted));
        }
        return words;
    }
}
