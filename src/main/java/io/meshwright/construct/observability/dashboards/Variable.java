package io.meshwright.construct.observability.dashboards;

/**
 * A choice at the top of a dashboard.
 *
 * @param name how queries refer to it: {@code $name}
 * @param values query for what can be chosen, as {@code label_values(metric, label)}
 * @param follows whether it follows from the others, so that nobody chooses it
 */
record Variable(String name, String title, String values, boolean follows) {
    Variable(String name, String title, String values) {
        this(name, title, values, false);
    }

    /** A variable that follows from the others, and is not shown. */
    static Variable following(String name, String values) {
        return new Variable(name, name, values, true);
    }
}
