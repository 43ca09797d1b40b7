package io.meshwright.incident.evidence;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The traces of one request that somebody saw.
 *
 * @param kind where it was seen
 * @param values what is known of the request; a field without a value is not there
 * @param labels of an alert; of a table its rows
 */
public record Evidence(Kind kind, Map<Field, String> values, SortedMap<String, String> labels) {
    /** The place in which something is seen. */
    public enum Kind {
        ACCESS_LOG("a line of an access log"),
        ALERT("an alert"),
        RESPONSE("an answer"),
        ENDPOINTS("the endpoints that a proxy knows"),
        CLUSTERS("the clusters that a proxy knows"),
        ROUTES("the routes that a proxy knows"),
        LISTENERS("the listeners that a proxy has");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }

        /** Tells whether it is a table of what a proxy knows, and no single request. */
        public boolean isTable() {
            return this == CLUSTERS || this == ROUTES || this == LISTENERS;
        }
    }

    private static final int LAST_STATUS = 599;

    public Evidence {
        Map<Field, String> known = new EnumMap<>(Field.class);
        values.forEach((field, value) -> {
            // What clients send may hold commands for a terminal.
            String text = value.replaceAll("\\p{Cntrl}", " ").strip();
            if (!text.isEmpty() && !text.equals("-")) {
                known.put(field, text);
            }
        });
        values = known;
        SortedMap<String, String> plain = new TreeMap<>();
        labels.forEach((label, value) -> plain.put(label, value.replaceAll("\\p{Cntrl}", " ")));
        labels = plain;
    }

    static Evidence of(Kind kind, Map<Field, String> values) {
        return new Evidence(kind, values, new TreeMap<>());
    }

    public Optional<String> value(Field field) {
        return Optional.ofNullable(values.get(field));
    }

    /** The value, or an empty text. */
    public String text(Field field) {
        return values.getOrDefault(field, "");
    }

    /** The host that was asked for, in small letters; empty where it is not told. */
    public String host() {
        return address(Field.AUTHORITY).toLowerCase(Locale.ROOT);
    }

    /** The value without the port behind it. */
    public String address(Field field) {
        return text(field).replaceFirst(":[0-9]+$", "");
    }

    /** The name of an alert. */
    public Optional<String> alert() {
        return Optional.ofNullable(labels.get(AlertJson.NAME));
    }

    /** Between 100 and 599; empty where there was no answer. */
    public OptionalInt status() {
        return number(Field.RESPONSE_CODE, 100, LAST_STATUS);
    }

    /** In milliseconds. */
    public OptionalInt duration() {
        return number(Field.DURATION, 0, Integer.MAX_VALUE);
    }

    private OptionalInt number(Field field, int least, int most) {
        String text = text(field);
        if (!text.matches("[0-9]{1,9}")) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(text);
        return number >= least && number <= most ? OptionalInt.of(number) : OptionalInt.empty();
    }

    /** Envoy's response flags, such as UF and URX; where none is told, the one that its details go with. */
    public List<String> flags() {
        String written = value(Field.RESPONSE_FLAGS).orElse(text(Field.RESPONSE_FLAGS_LONG));
        List<String> told = Arrays.stream(written.split(","))
                .map(String::strip)
                .filter(flag -> !flag.isEmpty())
                .map(LongFlags::shortened)
                .toList();
        return told.isEmpty()
                ? DetailFlags.of(text(Field.RESPONSE_CODE_DETAILS)).stream().toList()
                : told;
    }

    /** Tells whether a proxy passed bytes on without reading a request in them. */
    public boolean isOfConnection() {
        return kind == Kind.ACCESS_LOG
                && value(Field.METHOD).isEmpty()
                && value(Field.PROTOCOL).isEmpty()
                && status().isEmpty();
    }

    /** The cluster to which the proxy sent the request, or would have. */
    public Optional<Cluster> cluster() {
        return value(Field.UPSTREAM_CLUSTER).map(Cluster::of);
    }

    /**
     * The Service that was called: as the log of its caller says, as the caller said it in TLS, or as the labels of an
     * alert name it.
     */
    public Optional<Cluster> called() {
        return cluster()
                .filter(cluster -> !cluster.isInbound())
                .or(() -> Cluster.ofServerName(text(Field.REQUESTED_SERVER_NAME)))
                .or(() -> Cluster.ofLabels(labels));
    }

    /**
     * Returns what Envoy's RBAC filter tells of its refusal, of a request or of a connection; empty where it refused
     * nothing.
     */
    public Optional<String> denial() {
        return Stream.of(Field.RESPONSE_CODE_DETAILS, Field.CONNECTION_TERMINATION_DETAILS)
                .map(this::text)
                .filter(details -> details.startsWith("rbac_access_denied"))
                .findFirst();
    }

    /** Tells whether the application answered itself (Envoy, response code details). */
    public boolean isOfApplication() {
        return text(Field.RESPONSE_CODE_DETAILS).equals("via_upstream");
    }
}
