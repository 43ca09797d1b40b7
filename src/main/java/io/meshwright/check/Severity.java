package io.meshwright.check;

import java.util.Locale;

/** The weight of a finding, worst first. */
public enum Severity {
    /** Traffic fails, or goes where nobody wants it; nothing is written. */
    ERROR,
    /** Works by luck, or will not under load, in a browser or after an upgrade. */
    WARNING,
    /** Worth knowing. */
    INFO;

    /** {@code error}, {@code warning} or {@code info}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
