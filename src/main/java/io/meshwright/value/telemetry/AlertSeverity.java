package io.meshwright.value.telemetry;

import io.meshwright.value.Word;
import java.util.Locale;

/** The haste with which somebody must see to an alert. */
public enum AlertSeverity {
    /** Now, at any hour. */
    @Word("critical")
    CRITICAL,
    /** In working hours. */
    @Word("warning")
    WARNING;

    /** The value of the label by which Alertmanager routes. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
