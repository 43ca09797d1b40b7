package io.meshwright.check;

import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Place;
import io.meshwright.mesh.terms.Source;
import java.util.Comparator;
import java.util.Optional;

/**
 * One breach of a rule: where it is written, what happens to traffic because of it, and what to do; {@code source} is
 * empty for what could not be read as an object.
 */
public record Finding(Rule rule, Severity severity, Optional<Source> source, Place place, String message, String remedy)
        implements Comparable<Finding> {
    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::place)
            .thenComparing(Finding::rule)
            .thenComparing(Finding::object)
            .thenComparing(Finding::message);

    /** The object, if one could be read. */
    public Optional<Manifest> manifest() {
        return source.map(Source::manifest);
    }

    /** The object's kind, namespace and name, or an empty text. */
    public String object() {
        return manifest().map(Manifest::toString).orElse("");
    }

    /** The construct that made the object, when known. */
    public Optional<String> constructPath() {
        return manifest().flatMap(Manifest::constructPath);
    }

    /** The same with another remedy than the rule's own. */
    public Finding remedy(String better) {
        return new Finding(rule, severity, source, place, message, better);
    }

    /** The same in other words. */
    public Finding saying(String other) {
        return new Finding(rule, severity, source, place, other, remedy);
    }

    /** The same, weighed differently because of what is known here. */
    public Finding as(Severity other) {
        return new Finding(rule, other, source, place, message, remedy);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line:column error MESH101 Kind namespace/name: message}. */
    @Override
    public String toString() {
        return "%s %s %s %s: %s".formatted(place, severity.word(), rule.code(), object(), message);
    }
}
