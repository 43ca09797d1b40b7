package io.meshwright.construct.observability.metrics;

/** The series that Loki counts and writes to Prometheus, all with the service's namespace and name. */
public final class LogSeries {
    /** Lines per second of the service's own containers. */
    public static final String LINES = "service:log_lines:rate5m";

    /** Lines of 15 minutes by class of exception and by message, the most frequent ones. */
    public static final String MESSAGES = "service:log_messages:count15m";

    /** Lines of 15 minutes that say that something failed; 0 where there is none. */
    public static final String FAILURES = "service:log_failures:count15m";

    /** Milliseconds that clients of streams wait for the beginning of the answer, for the promised share of them. */
    public static final String FIRST_BYTE = "service:stream_first_byte_milliseconds";

    /** Minutes from one count of messages, failures and streams to the next. */
    public static final int MINUTES_BETWEEN = 3;

    private LogSeries() {}
}
