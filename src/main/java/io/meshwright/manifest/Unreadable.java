package io.meshwright.manifest;

import java.util.Comparator;

/** Something written that is not read as its author meant it: a file, a document, or a key that is written twice. */
public record Unreadable(Place place, Flaw flaw, String message) implements Comparable<Unreadable> {
    private static final Comparator<Unreadable> ORDER = Comparator.comparing(Unreadable::place)
            .thenComparing(Unreadable::flaw)
            .thenComparing(Unreadable::message);

    /** Sorts of flaws, so that a reader can weigh them. */
    public enum Flaw {
        /** No such file or folder, or it may not be opened. */
        FILE,
        /** Not UTF-8 and not marked as UTF-16. */
        ENCODING,
        /** More than any cluster would store. */
        SIZE,
        /** Not YAML. */
        SYNTAX,
        /** A template of Helm, Jinja or the like, which is no YAML before it is rendered. */
        TEMPLATE,
        /** An alias inside its own anchor. */
        RECURSION,
        /** A key twice in one mapping; the document is read, its last value wins as it does in Kubernetes. */
        DUPLICATE_KEY,
        /** A document that does not mean to be a Kubernetes object, such as a values file or a Chart.yaml. */
        FOREIGN,
        /** A document that means to be a Kubernetes object but lacks apiVersion or kind, or gives them another type. */
        INCOMPLETE
    }

    /** False for what was never meant for Kubernetes. */
    public boolean isFlaw() {
        return flaw != Flaw.FOREIGN;
    }

    /** {@code file:line:column: message}. */
    public String told() {
        return "%s: %s".formatted(place, message);
    }

    @Override
    public int compareTo(Unreadable other) {
        return ORDER.compare(this, other);
    }
}
