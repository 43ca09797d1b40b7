package io.meshwright.environment.key;

import io.meshwright.value.Required;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The keys of a mapping that becomes a record: its components, in their order. */
public final class Keys {
    private static final ClassValue<Map<String, RecordComponent>> KEYS = PerType.of(Keys::components);

    private Keys() {}

    public static Map<String, RecordComponent> of(Class<?> type) {
        return KEYS.get(type);
    }

    private static Map<String, RecordComponent> components(Class<?> type) {
        Map<String, RecordComponent> keys = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            keys.put(component.getName(), component);
        }
        return Collections.unmodifiableMap(keys);
    }

    /** A primitive has no way to say that it is absent, so it is always required. */
    public static boolean required(RecordComponent component) {
        return component.isAnnotationPresent(Required.class)
                || component.getType().isPrimitive();
    }
}
