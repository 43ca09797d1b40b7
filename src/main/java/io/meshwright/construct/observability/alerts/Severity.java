package io.meshwright.construct.observability.alerts;

import java.util.Locale;

/** The urgency of an alert. */
public enum Severity {
    /** Users notice or soon will: now, at any hour. */
    CRITICAL,
    /** Nobody notices yet: in working hours. */
    WARNING;

    /** The value of the label by which Alertmanager routes. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
