package io.meshwright.plan.change;

import java.util.Locale;

/** The parts of a plan, in the order in which a reviewer reads them. */
public enum Section {
    REQUESTS("Requests"),
    SECURITY("Security"),
    DELIVERY("Delivery"),
    FINDINGS("Findings");

    private final String title;

    Section(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** The key of the part in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
