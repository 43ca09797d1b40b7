package io.meshwright.environment.reader;

import io.meshwright.environment.key.Keys;
import io.meshwright.environment.key.Misplaced;
import io.meshwright.environment.key.Misplaced.Remedy;
import io.meshwright.environment.key.PerType;
import io.meshwright.environment.key.Suggestions;
import io.meshwright.value.Bounds;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Matches;
import io.meshwright.value.Range;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;

/**
 * Makes a mapping a record; when anything below it is wrong the record is not made, and the rest is still looked at.
 */
final class RecordBinding {
    private static final ClassValue<Constructor<?>> CONSTRUCTORS = PerType.of(RecordBinding::constructor);

    private final Binder binder;
    private final Problems problems;
    private final Misplaced misplaced;

    RecordBinding(Binder binder, Problems problems, Class<?> root) {
        this.binder = binder;
        this.problems = problems;
        this.misplaced = new Misplaced(root);
    }

    Optional<?> bind(Class<?> type, PlacedNode placed) {
        Entries entries = Entries.of(placed, problems);
        return placed.node() instanceof MappingNode ? bind(type, placed, entries, "") : Optional.empty();
    }

    /** {@code besides} is a key that the mapping may have although the record has no such component. */
    Optional<?> bind(Class<?> type, PlacedNode placed, Entries entries, String besides) {
        int before = problems.noted();
        Map<String, RecordComponent> keys = Keys.of(type);
        Set<String> misspelt = refuseUnknown(type, placed, entries, besides);
        List<@Nullable Object> arguments = new ArrayList<>();
        keys.forEach((key, component) -> {
            Optional<PlacedNode> given = entries.at(key).map(Entries.Entry::value);
            if (given.isEmpty() && Keys.required(component) && !misspelt.contains(key)) {
                problems.add(placed.key(), placed.path().key(key), "is missing", "add it");
            }
            arguments.add(given.isPresent() ? present(component, given.get()) : absent(component));
        });
        return problems.noted() == before ? make(type, arguments, placed) : Optional.empty();
    }

    /** The known keys that the unknown ones probably mean, so that these are not called missing as well. */
    private Set<String> refuseUnknown(Class<?> type, PlacedNode placed, Entries entries, String besides) {
        Set<String> known = Keys.of(type).keySet();
        Set<String> meant = new TreeSet<>();
        for (Entries.Entry entry : entries.values()) {
            String key = entry.key().text();
            if (!known.contains(key) && !key.equals(besides)) {
                Remedy remedy = remedy(type, placed, key);
                problems.add(entry.key(), "is unknown", remedy.words());
                meant.add(remedy.meant());
            }
        }
        return meant;
    }

    /** A slip of the pen before another place, and that before what is only like it. */
    private Remedy remedy(Class<?> type, PlacedNode placed, String key) {
        Set<String> known = Keys.of(type).keySet();
        Optional<Remedy> near =
                Suggestions.nearest(key, known).map(nearest -> new Remedy(Suggestions.remedy(key, known), nearest));
        if (near.filter(slip -> Suggestions.isSlip(key, slip.meant())).isPresent()) {
            return near.get();
        }
        return misplaced
                .remedy(type, placed.path(), key)
                .or(() -> near)
                .or(() -> Misplaced.slip(type, key))
                .orElseGet(() -> new Remedy(
                        "remove it, or %s%s"
                                .formatted(
                                        Suggestions.remedy(key, known),
                                        misplaced
                                                .variant(placed.path(), key)
                                                .map("; it goes with "::concat)
                                                .orElse("")),
                        ""));
    }

    private static @Nullable Object absent(RecordComponent component) {
        return component.getType() == Optional.class ? Optional.empty() : null;
    }

    private @Nullable Object present(RecordComponent component, PlacedNode placed) {
        Object value = binder.bind(component.getGenericType(), placed).orElse(null);
        try {
            if (component.isAnnotationPresent(Range.class) && value instanceof Number number) {
                Bounds.check(component.getAnnotation(Range.class), number.doubleValue());
            }
            if (component.isAnnotationPresent(Matches.class) && value instanceof String text) {
                Bounds.check(component.getAnnotation(Matches.class), text);
            }
        } catch (InvalidValue refusal) {
            Locator.report(problems, placed, refusal);
        }
        return value;
    }

    private static Constructor<?> constructor(Class<?> type) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e); // every record has it
        }
    }

    private Optional<Object> make(Class<?> type, List<@Nullable Object> arguments, PlacedNode placed) {
        return Instantiation.of(() -> CONSTRUCTORS.get(type).newInstance(arguments.toArray()), placed, problems);
    }
}
