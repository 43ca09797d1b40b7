package io.meshwright.construct.observability.text;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** One level of a configuration file; its keys are printed in the order in which they were put. */
public final class Section {
    private final Map<String, Object> entries = new LinkedHashMap<>();

    private Section() {}

    /** A level without any key, which many programs read as "with the defaults". */
    public static Section empty() {
        return new Section();
    }

    public static Section of(String key, Object value) {
        return empty().with(key, value);
    }

    /** A level that repeats a map's entries in the map's own order. */
    public static Section of(Map<String, ?> entries) {
        Section section = empty();
        entries.forEach(section::with);
        return section;
    }

    /**
     * Adds a key; a key that is there already is a mistake of the caller, because one of the two values would be lost.
     */
    public Section with(String key, Object value) {
        if (entries.putIfAbsent(key, value) != null) {
            throw new IllegalStateException("key \"%s\" is put twice".formatted(key));
        }
        return this;
    }

    /** Adds a key unless there is nothing to say. */
    public Section withAny(String key, Collection<?> values) {
        return values.isEmpty() ? this : with(key, values);
    }

    public Section withAny(String key, Map<?, ?> values) {
        return values.isEmpty() ? this : with(key, values);
    }

    @JsonValue
    Map<String, Object> entries() {
        return entries;
    }
}
