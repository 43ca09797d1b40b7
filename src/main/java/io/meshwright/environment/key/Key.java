package io.meshwright.environment.key;

import io.meshwright.value.delivery.BesideBinary;
import io.meshwright.value.delivery.BesideFile;
import io.meshwright.value.delivery.BesideFolder;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One place in files that become a record, as the records tell it: a key, any entry of a mapping ({@code *}) or any of
 * a list ({@code []}).
 */
public final class Key {
    public static final String ENTRY = "*";
    public static final String ITEM = "[]";

    private final @Nullable Key above;
    private final String step;
    private final Type type;
    private final @Nullable RecordComponent component;
    private final String variant;

    private Key(@Nullable Key above, String step, Type type, @Nullable RecordComponent component, String variant) {
        this.above = above;
        this.step = step;
        this.type = bare(type);
        this.component = component;
        this.variant = variant;
    }

    /** The whole of a file. */
    public static Key root(Class<?> recordType) {
        return new Key(null, "", recordType, null, "");
    }

    /** The key itself; {@code *} and {@code []} for any entry. */
    public String step() {
        return step;
    }

    /** The word of the sealed type's record that has this key; empty where its place has no such choice. */
    public String variant() {
        return variant;
    }

    /** The key above, nothing at the root. */
    public Optional<Key> above() {
        return Optional.ofNullable(above);
    }

    /** Such as {@code services.*.ports[].port}. */
    public String path() {
        if (above == null) {
            return "";
        }
        String before = above.path();
        return before.isEmpty() || step.equals(ITEM) ? before + step : "%s.%s".formatted(before, step);
    }

    public Type type() {
        return type;
    }

    public Optional<RecordComponent> component() {
        return Optional.ofNullable(component);
    }

    /** From the root's first key to this one. */
    public List<Key> way() {
        LinkedList<Key> way = new LinkedList<>();
        for (Key key = this; key != null && key.above != null; key = key.above) {
            way.addFirst(key);
        }
        return way;
    }

    /** Returns the keys that may stand below it, in the order of the records. */
    public List<Key> below() {
        List<Key> below = new ArrayList<>();
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() != Map.class) {
                below.add(new Key(this, ITEM, arguments[0], null, ""));
            } else if (arguments[0] instanceof Class<?> words && words.isEnum()) {
                Words.ofEnum(words).keySet().forEach(word -> below.add(new Key(this, word, arguments[1], null, "")));
            } else {
                below.add(new Key(this, ENTRY, arguments[1], null, ""));
            }
        } else if (type instanceof Class<?> plain) {
            if (isChoice(plain)) {
                Words.ofSealed(plain).forEach((word, record) -> components(record, word, below));
            } else if (isMapping(plain)) {
                components(plain, "", below);
            }
        }
        return below;
    }

    private void components(Class<?> record, String word, List<Key> below) {
        Keys.of(record)
                .forEach((name, component) ->
                        below.add(new Key(this, name, component.getGenericType(), component, word)));
    }

    /** True for a list, and for a mapping of entries of one kind. */
    public boolean isOfSeveral() {
        return type instanceof ParameterizedType;
    }

    /** The key whose word chooses among the records of a sealed type; {@code type} elsewhere too. */
    public String discriminator() {
        return type instanceof Class<?> plain ? Words.discriminator(plain) : "type";
    }

    /** The record or sealed type of the mapping that stands here, or in its entries; nothing for scalars. */
    public Optional<Class<?>> mapping() {
        Type inner = type;
        while (inner instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            inner = bare(arguments[arguments.length - 1]);
        }
        return inner instanceof Class<?> plain && (isChoice(plain) || isMapping(plain))
                ? Optional.of(plain)
                : Optional.empty();
    }

    /** An enum whose constants have bodies is sealed too. */
    public static boolean isChoice(Class<?> type) {
        return type.isSealed() && !type.isEnum();
    }

    static boolean isMapping(Class<?> type) {
        return type.isRecord() && !ScalarFactories.isValue(type) && !isBeside(type);
    }

    /** Tells whether a file names it by its path, and the reader fetches it. */
    public static boolean isBeside(Class<?> type) {
        return type == BesideFile.class || type == BesideBinary.class || type == BesideFolder.class;
    }

    private static Type bare(Type type) {
        return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class
                ? generic.getActualTypeArguments()[0]
                : type;
    }

    @Override
    public String toString() {
        return path();
    }
}
