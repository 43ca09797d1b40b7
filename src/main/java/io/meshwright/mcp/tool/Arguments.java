package io.meshwright.mcp.tool;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The arguments of a call, which its schema has admitted. */
public final class Arguments {
    private final Map<String, Object> values;

    public Arguments(Map<String, Object> values) {
        this.values = Map.copyOf(values);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(String.class::cast);
    }

    /** Of one that the schema requires. */
    String required(String name) {
        return text(name).orElseThrow();
    }

    List<String> texts(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream().map(String.class::cast).toList()
                : List.of();
    }

    boolean isSet(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    Optional<Object> tree(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
