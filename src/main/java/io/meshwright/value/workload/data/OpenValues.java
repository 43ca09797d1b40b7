package io.meshwright.value.workload.data;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.util.List;
import java.util.Map;

/** Secrets that are written as they are into the values of a chart. */
public final class OpenValues {
    private OpenValues() {}

    /** Refuses, below {@code at}, a password by its key or in an address; the value is never repeated. */
    public static void refuse(String at, Map<?, ?> values) {
        values.forEach((key, value) -> refuse(KeyPath.of(at).key(String.valueOf(key)), String.valueOf(key), value));
    }

    private static void refuse(KeyPath at, String key, Object value) {
        if (value instanceof Map<?, ?> map) {
            refuse(at.text(), map);
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                refuse(at.index(i), key, list.get(i));
            }
        } else if (value instanceof String text && OpenSecrets.isPassword(key, text)) {
            throw new InvalidValue(
                    at,
                    "is a password, and everybody reads it here",
                    "make a Secret, and give the chart its name, as existingSecret and the like do");
        }
    }
}
