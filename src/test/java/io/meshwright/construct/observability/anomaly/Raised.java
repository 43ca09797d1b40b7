package io.meshwright.construct.observability.anomaly;

/**
 * That an alert about a service was raised.
 *
 * @param from hours since the beginning
 * @param to of the last step at which it was raised
 */
record Raised(String alert, String service, double from, double to) {
    boolean beginsBetween(double from, double to) {
        return this.from >= from && this.from <= to;
    }
}
