package io.meshwright.house;

import io.meshwright.environment.Environment;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Set;

/** The records that an environment file is read into. */
final class EnvironmentRecords {
    private final Set<Class<?>> records = new LinkedHashSet<>();

    private EnvironmentRecords() {}

    static Set<Class<?>> all() {
        EnvironmentRecords found = new EnvironmentRecords();
        found.collect(Environment.class);
        return found.records;
    }

    private void collect(Type type) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                collect(argument);
            }
        } else if (type instanceof Class<?> plain && plain.getName().startsWith("io.meshwright.")) {
            if (plain.isSealed()) {
                for (Class<?> permitted : plain.getPermittedSubclasses()) {
                    collect(permitted);
                }
            } else if (plain.isRecord() && records.add(plain)) {
                for (RecordComponent component : plain.getRecordComponents()) {
                    collect(component.getGenericType());
                }
            }
        }
    }
}
