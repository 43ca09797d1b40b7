package io.meshwright.construct.observability.anomaly;

/**
 * What happens to one service for a while.
 *
 * @param from hours since the beginning
 * @param hours how long it lasts
 * @param size what it means says the kind
 */
record Fault(Kind kind, double from, double hours, double size) {
    enum Kind {
        /** So many times the requests, at once; 0 is silence. */
        TRAFFIC,
        /** The requests grow to so many times in the course of it. */
        TRAFFIC_DRIFT,
        /** A further share of the requests fails. */
        ERRORS,
        /** Answers take so many times as long, at once. */
        SLOW,
        /** Answers become slower, up to so many times. */
        SLOW_DRIFT,
        /** So many times the CPU for each request. */
        BUSY,
        /** So many times the log lines. */
        LINES,
        /** Nothing is scraped. */
        MISSING,
        /** Every counter begins again at zero, as after a restart; lasts no time. */
        RESET
    }

    double to() {
        return from + hours;
    }

    boolean at(double hour) {
        return hour >= from && hour < to();
    }

    /** How far a drift has come, from 0 to 1. */
    double progress(double hour) {
        return Math.min(1, (hour - from) / hours);
    }
}
