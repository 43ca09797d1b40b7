package io.meshwright.construct.observability.metrics;

import io.meshwright.value.telemetry.Sensitivity;
import java.util.Locale;

/**
 * A measure of a service that is held against its own past, and how far from it is unusual: the widest of a multiple of
 * the usual deviation, a share of the usual value, and a least width.
 */
public enum Signal {
    /** Requests per second. */
    REQUESTS(new Width("0.7", "0.4"), new Width("0.5", "0.2"), new Width("0.35", "0.1")),
    /** Share of failed requests. */
    ERRORS(new Width("1", "0.05"), new Width("0.5", "0.02"), new Width("0.5", "0.01")),
    /** 95th percentile in milliseconds. */
    LATENCY(new Width("1", "150"), new Width("0.6", "75"), new Width("0.4", "40")),
    /** CPU used by the pods, as a share of what they request. */
    SATURATION(new Width("1", "0.5"), new Width("0.6", "0.3"), new Width("0.4", "0.2")),
    /** Lines of its containers per second. */
    LOGS(new Width("3", "4"), new Width("1.5", "2"), new Width("0.8", "1"));

    /** Name of the label that tells the signals apart. */
    public static final String LABEL = "signal";

    private final Width low;
    private final Width medium;
    private final Width high;

    Signal(Width low, Width medium, Width high) {
        this.low = low;
        this.medium = medium;
        this.high = high;
    }

    /** Value of the label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the least width of the band. */
    Width width(Sensitivity sensitivity) {
        return switch (sensitivity) {
            case LOW -> low;
            case MEDIUM -> medium;
            case HIGH -> high;
            case NONE -> throw new IllegalArgumentException("nothing is drawn for a service that is left out");
        };
    }

    /** Returns the number of usual deviations that are still usual. */
    static String deviations(Sensitivity sensitivity) {
        return switch (sensitivity) {
            case LOW -> "5";
            case MEDIUM -> "4";
            case HIGH -> "3";
            case NONE -> throw new IllegalArgumentException("nothing is drawn for a service that is left out");
        };
    }

    /**
     * Least half width of a band.
     *
     * @param share of the usual value
     * @param least in the signal's own unit
     */
    record Width(String share, String least) {}
}
