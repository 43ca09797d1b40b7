package io.meshwright.environment.key;

import io.meshwright.value.Required;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;

/** The keys of a mapping that becomes a record: its components, in their order. */
public final class Keys {
    private Keys() {}

    public static Map<String, RecordComponent> of(Class<?> type) {
        Map<String, RecordComponent> keys = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            keys.put(component.getName(), component);
        }
        return keys;
    }

    /** A primitive has no way to say that it is absent, so it is always required. */
    public static boolean required(RecordComponent component) {
        return component.isAnnotationPresent(Required.class)
                || component.getType().isPrimitive();
    }
}
