package io.meshwright.construct.observability.dashboards;

/**
 * A choice at the top of a dashboard.
 *
 * @param name how queries refer to it: {@code $name}
 * @param values query for what can be chosen, as {@code label_values(metric, label)}
 */
record Variable(String name, String title, String values) {}
