package io.meshwright.environment.reader;

import io.meshwright.environment.reader.Entries.Entry;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Makes a sequence a list and a mapping a map, in the order of the file; every element is looked at even when one
 * fails.
 */
final class CollectionBinding {
    private final Binder binder;
    private final Problems problems;

    CollectionBinding(Binder binder, Problems problems) {
        this.binder = binder;
        this.problems = problems;
    }

    Optional<List<Object>> list(Type elementType, PlacedNode placed) {
        if (!(placed.node() instanceof SequenceNode sequence)) {
            problems.add(placed, placed.found(), "give a list: [a, b], or a line with a dash for each entry");
            return Optional.empty();
        }
        int before = problems.noted();
        List<Object> list = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            list.add(binder.bind(elementType, placed.item(list.size(), item)).orElse(null));
        }
        return problems.noted() == before ? Optional.of(Collections.unmodifiableList(list)) : Optional.empty();
    }

    Optional<Map<Object, Object>> map(Type keyType, Type valueType, PlacedNode placed) {
        int before = problems.noted();
        Map<Object, Object> map = new LinkedHashMap<>();
        for (Entry entry : Entries.of(placed, problems).values()) {
            Object key = binder.bind(keyType, entry.key()).orElse(null);
            Object value = binder.bind(valueType, entry.value()).orElse(null);
            map.put(key, value);
        }
        return problems.noted() == before ? Optional.of(Collections.unmodifiableMap(map)) : Optional.empty();
    }
}
