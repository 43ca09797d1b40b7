package io.meshwright.mesh.workload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds what selects a pod without asking every selector of its namespace, of which there may be thousands; {@code T}
 * is what a selector belongs to.
 */
public final class SelectorIndex<T> {
    private record Entry<T>(int number, Selector selector, T owner) {}

    private final Map<String, List<Entry<T>>> byLabel = new HashMap<>();
    private int size;

    public void add(String namespace, Selector selector, T owner) {
        byLabel.computeIfAbsent(selector.key(namespace), none -> new ArrayList<>(1))
                .add(new Entry<>(size++, selector, owner));
    }

    /** The owners of the namespace's selectors that mean a pod, in the order in which they were added. */
    public List<T> of(String namespace, Pod pod) {
        Stream<String> keys = pod.labels().entrySet().stream()
                .map(label -> Selector.key(namespace, label.getKey(), label.getValue()));
        return Stream.concat(Stream.of(Selector.key(namespace, "", "")), keys)
                .flatMap(key -> byLabel.getOrDefault(key, List.of()).stream())
                .filter(entry -> pod.isSelectedBy(entry.selector()))
                .sorted(Comparator.comparing(Entry::number))
                .map(Entry::owner)
                .toList();
    }

    /** The owners of the selectors that mean a pod of their own namespace. */
    public List<T> of(Pod pod) {
        return of(pod.namespace(), pod);
    }
}
