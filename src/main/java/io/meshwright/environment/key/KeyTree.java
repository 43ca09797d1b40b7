package io.meshwright.environment.key;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every key that files which become a record may have, and the page that describes each. */
public final class KeyTree {
    private static final Pattern STEP = Pattern.compile("\\[\"([^\"]*)\"\\]|(\\[\\d*\\])|([^.\\[\\]]+)");

    private static final int MOST_NEAR = 3;

    private static final ClassValue<List<Key>> EVERYWHERE = PerType.of(record -> {
        List<Key> all = new ArrayList<>();
        spread(Key.root(record), new HashSet<>(), all);
        return List.copyOf(all);
    });

    private final Key root;
    private final Map<Class<?>, Key> homes = new LinkedHashMap<>();

    private KeyTree(Key root) {
        this.root = root;
        parts().forEach(part -> part.mapping().ifPresent(type -> homes.putIfAbsent(type, entry(part))));
        parts().forEach(this::settle);
    }

    public static KeyTree of(Class<?> recordType) {
        return new KeyTree(Key.root(recordType));
    }

    /** The keys of the root, each the subject of a page. */
    public List<Key> parts() {
        return root.below();
    }

    /**
     * The keys of this path, such as {@code services.*.release.steps} or {@code services.web.ports[0].port}; several
     * where records of one sealed type have it, none where it is unknown.
     */
    public List<Key> find(String path) {
        List<Key> found = new ArrayList<>();
        List<String> steps = steps(path);
        if (!steps.isEmpty()) {
            find(root, steps, 0, found);
        }
        return found;
    }

    /** Keys whose last word is that of a path, or nearly; nearest first. */
    public List<String> near(String path) {
        List<String> steps = steps(path);
        String last = steps.isEmpty() ? path : steps.get(steps.size() - 1);
        List<Key> keys =
                everywhere().stream().filter(key -> key.component().isPresent()).toList();
        List<Key> exact =
                keys.stream().filter(key -> key.step().equalsIgnoreCase(last)).toList();
        return (exact.isEmpty() ? keys.stream().filter(key -> Suggestions.isSlip(last, key.step())) : exact.stream())
                .sorted(Comparator.<Key>comparingInt(key -> -Misplaced.shared(steps, key))
                        // Who asks for a word alone mostly means a service's.
                        .thenComparing(key -> !key.path().startsWith("services."))
                        .thenComparingInt(key -> key.way().size()))
                .map(Key::path)
                .distinct()
                .limit(MOST_NEAR)
                .toList();
    }

    private static void find(Key key, List<String> steps, int next, List<Key> found) {
        if (next == steps.size()) {
            found.add(key);
            return;
        }
        String step = steps.get(next);
        for (Key below : key.below()) {
            if (below.step().equals(Key.ITEM)) {
                find(below, steps, step.startsWith("[") ? next + 1 : next, found);
            } else if (below.step().equals(Key.ENTRY) || below.step().equals(step)) {
                find(below, steps, next + 1, found);
            }
        }
    }

    /** {@code [3]} and {@code []} are one step, as is a key in brackets and quotes. */
    public static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        while (matcher.find()) {
            if (matcher.group(1) == null) {
                steps.add(matcher.group(2) == null ? matcher.group(3) : Key.ITEM);
            } else {
                steps.add(matcher.group(1));
            }
        }
        return steps;
    }

    /** Settles where a type is described: the first place that has it, parts of the file before all. */
    private void settle(Key key) {
        for (Key below : key.below()) {
            Optional<Class<?>> type = below.mapping().filter(each -> below.type() == each);
            if (type.isEmpty()
                    || homes.putIfAbsent(type.get(), below) == null
                    || homes.get(type.get()).path().equals(below.path())) {
                settle(below);
            }
        }
    }

    /** The mapping itself, of a list or of a mapping of several any one. */
    private static Key entry(Key key) {
        Key entry = key;
        while (!(entry.type() instanceof Class<?>)) {
            entry = entry.below().get(0);
        }
        return entry;
    }

    /** The mappings that are described on the page of a part, each by its first place, in order. */
    public List<Key> described(Key part) {
        return homes.values().stream()
                .filter(home -> home.way().get(0).step().equals(part.step()))
                .toList();
    }

    /** The other keys of the same meaning, since their mappings have the same type. */
    public List<Key> alike(Key key) {
        return key.component()
                .map(component -> everywhere().stream()
                        .filter(other -> other.component()
                                .filter(each -> each.getName().equals(component.getName())
                                        && each.getDeclaringRecord() == component.getDeclaringRecord())
                                .isPresent())
                        .filter(other -> !other.path().equals(key.path()))
                        .toList())
                .orElse(List.of());
    }

    /** Every key at each of its places; a type within itself ends it. */
    public List<Key> everywhere() {
        return everywhere(root);
    }

    /** Every key below a root, found once for each record: a file with many unknown keys asks for each. */
    static List<Key> everywhere(Key root) {
        return root.type() instanceof Class<?> record ? EVERYWHERE.get(record) : List.of();
    }

    private static void spread(Key key, Set<Class<?>> around, List<Key> all) {
        for (Key below : key.below()) {
            all.add(below);
            Optional<Class<?>> type = below.mapping().filter(each -> below.type() == each);
            if (type.isEmpty()) {
                spread(below, around, all);
            } else if (around.add(type.get())) {
                spread(below, around, all);
                around.remove(type.get());
            }
        }
    }

    /** The page and place below {@code reference/} that describe a key, such as {@code services.md#canary-steps}. */
    public String place(Key key) {
        Class<?> owner = key.component().isPresent()
                ? key.component().get().getDeclaringRecord()
                : key.mapping().orElse(null);
        if (owner == null
                || key.above()
                        .filter(above -> above == root || above.step().isEmpty())
                        .isPresent()) {
            return "%s.md".formatted(key.way().get(0).step());
        }
        return place(owner, key.component().isPresent() ? key.step() : "");
    }

    /** The same of a key of a record; of the record itself where no key is given. */
    public String place(Class<?> owner, String key) {
        if (root.type() == owner) {
            return "%s.md".formatted(key);
        }
        Key home = homes.entrySet().stream()
                .filter(each -> has(each.getKey(), owner))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        String page = home == null ? "README" : home.way().get(0).step();
        String section = section(owner);
        return "%s.md#%s%s".formatted(page, section, key.isEmpty() ? "" : "-".concat(key.toLowerCase(Locale.ROOT)));
    }

    private static boolean has(Class<?> type, Class<?> owner) {
        return type == owner || Key.isChoice(type) && Words.ofSealed(type).containsValue(owner);
    }

    /** The same of the mapping that stands at a key, or in each of its entries; nothing for scalars. */
    public Optional<String> mappingPlace(Key key) {
        return key.mapping().map(type -> place(type, ""));
    }

    /** Returns the other keys whose mapping has the same type. */
    public List<Key> sameMapping(Key key) {
        return everywhere().stream()
                .filter(other -> other.type() == key.type() && !other.path().equals(key.path()))
                .toList();
    }

    /** The name of the section that describes the mapping of a key. */
    public String section(Key home) {
        return home.mapping().map(KeyTree::section).orElse(home.step());
    }

    /** A record with the record around it in front: {@code Canary.Version}. */
    public static String definition(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }

    static String section(Class<?> type) {
        return definition(type).replace('.', '-').toLowerCase(Locale.ROOT);
    }
}
