package io.meshwright.builders;

import java.util.Arrays;

/** The way in which a setter collects a value, by the type of its component. */
enum Shape {
    PLAIN("", "", "%s"),
    OPTIONAL("java.util.Optional", "", "java.util.Optional.ofNullable(%s)"),
    LIST("java.util.List", "java.util.ArrayList", "java.util.List.copyOf(%s)"),
    SET(
            "java.util.Set",
            "java.util.LinkedHashSet",
            "java.util.Collections.unmodifiableSet(new java.util.LinkedHashSet<>(%s))"),
    SORTED_SET(
            "java.util.SortedSet",
            "java.util.TreeSet",
            "java.util.Collections.unmodifiableSortedSet(new java.util.TreeSet<>(%s))"),
    MAP(
            "java.util.Map",
            "java.util.LinkedHashMap",
            "java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(%s))"),
    SORTED_MAP(
            "java.util.SortedMap",
            "java.util.TreeMap",
            "java.util.Collections.unmodifiableSortedMap(new java.util.TreeMap<>(%s))");

    private final String type;
    private final String mutable;
    private final String finished;

    Shape(String type, String mutable, String finished) {
        this.type = type;
        this.mutable = mutable;
        this.finished = finished;
    }

    static Shape of(String type) {
        return Arrays.stream(values())
                .filter(shape -> shape.type.equals(type))
                .findFirst()
                .orElse(PLAIN);
    }

    boolean isCollection() {
        return !mutable.isEmpty();
    }

    /** The class that collects. */
    String mutable() {
        return mutable;
    }

    /** The function of {@code Require} by which a required value of this shape is checked. */
    String check() {
        return isCollection() ? "notEmpty" : "present";
    }

    /** The expression for the value that the record gets. */
    String finished(String value) {
        return finished.formatted(value);
    }
}
