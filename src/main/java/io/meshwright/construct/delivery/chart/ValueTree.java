package io.meshwright.construct.delivery.chart;

import io.meshwright.value.workload.Resources;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Helm values under construction: nested maps in the order of writing. */
public final class ValueTree {
    private final Map<String, Object> root = new LinkedHashMap<>();

    /** Begins without any value. */
    public ValueTree() {}

    /** A map of one entry, for a key that itself contains dots. */
    public static Map<String, Object> entry(String key, Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        return map;
    }

    /** Puts a value at a path of keys joined by dots; keys with dots of their own belong into the value. */
    public ValueTree put(String path, Object value) {
        int dot = path.lastIndexOf('.');
        Map<String, Object> parent = dot < 0 ? root : branch(path.substring(0, dot));
        parent.put(path.substring(dot + 1), value);
        return this;
    }

    /** Puts a value where a condition holds. */
    public ValueTree putIf(boolean holds, String path, Object value) {
        return holds ? put(path, value) : this;
    }

    /** Puts a value that there is. */
    public ValueTree putPresent(String path, Optional<?> value) {
        return value.isPresent() ? put(path, value.get()) : this;
    }

    /** Puts what a container asks for and what it may take. */
    public ValueTree resources(String path, Resources resources) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("requests", amounts(resources.requests()));
        map.put("limits", amounts(resources.limits()));
        return put(path, map);
    }

    /** The values, in the order of writing. */
    public Map<String, Object> toMap() {
        return Collections.unmodifiableMap(root);
    }

    private static Map<String, Object> amounts(Resources.Amounts amounts) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (amounts.cpu() != null) {
            map.put("cpu", amounts.cpu().value());
        }
        map.put("memory", amounts.memory().value());
        if (amounts.ephemeralStorage() != null) {
            map.put("ephemeral-storage", amounts.ephemeralStorage().value());
        }
        return map;
    }

    @SuppressWarnings("unchecked") // Only put() writes here, and below a path it writes maps of this kind.
    private Map<String, Object> branch(String path) {
        Map<String, Object> map = root;
        for (String key : path.split("\\.")) {
            map = (Map<String, Object>) map.computeIfAbsent(key, absent -> new LinkedHashMap<String, Object>());
        }
        return map;
    }
}
