package io.meshwright.value.traffic;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Require;
import io.meshwright.value.edge.HeaderNames;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Changes the headers of a request or of its answer. */
@Doc("Changes headers.")
public record HeaderOperations(
        @Defaulted @Doc("Headers with the one value that they shall have.")
        Map<String, String> set,

        @Defaulted @Doc("Headers that get one value more.") Map<String, String> add,
        @Defaulted @Doc("Headers that go.") List<String> remove) {
    private static final HeaderOperations NONE = new HeaderOperations(null, null, null);

    public HeaderOperations {
        set = set == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(set));
        add = add == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(add));
        set.keySet().forEach(name -> changeable(KeyPath.of("set").key(name), name));
        add.keySet().forEach(name -> changeable(KeyPath.of("add").key(name), name));
        if (remove != null) {
            for (int i = 0; i < remove.size(); i++) {
                changeable(KeyPath.of("remove").index(i), remove.get(i));
            }
        }
        remove =
                remove == null ? List.of() : remove.stream().distinct().sorted().toList();
    }

    public static HeaderOperations none() {
        return NONE;
    }

    public boolean isNone() {
        return set.isEmpty() && add.isEmpty() && remove.isEmpty();
    }

    /** The same with more headers that shall have one value. */
    HeaderOperations setting(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(set);
        all.putAll(more);
        return new HeaderOperations(all, add, remove);
    }

    /** The names of all headers that it changes. */
    Stream<String> names() {
        return Stream.of(set.keySet(), add.keySet(), remove).flatMap(Collection::stream);
    }

    private static void changeable(KeyPath at, String name) {
        HeaderNames.check(at.text(), name, "x-group");
        Require.that(
                !name.equalsIgnoreCase("host"),
                at.text(),
                "\"host\" cannot be changed as a header",
                "use rewrite.host");
    }
}
