package io.meshwright.environment.key;

import io.meshwright.value.KeyPath;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks in the whole tree of keys for the place where an unknown key was probably meant to stand. */
public final class Misplaced {
    private static final int FEW = 3;

    private final Class<?> root;

    /** @param root the record of the whole file */
    public Misplaced(Class<?> root) {
        this.root = root;
    }

    /**
     * Returns what to write instead, as it reads after {@code is unknown;}; empty where no other place has such a key.
     */
    public Optional<Remedy> remedy(Class<?> record, KeyPath mapping, String key) {
        List<Key> below = named(Key.root(record), key, false);
        if (!below.isEmpty()) {
            return inside(nearer(below, named(Key.root(record), key, true)));
        }
        List<String> steps = KeyTree.steps(mapping.text());
        List<Key> elsewhere = named(Key.root(root), key, false).stream()
                .filter(each -> !isBeside(steps, each))
                .sorted(Comparator.comparingInt(each -> -shared(steps, each)))
                .toList();
        return elsewhere.isEmpty() || elsewhere.size() > FEW
                ? Optional.empty()
                : Optional.of(new Remedy("remove it, or move it to %s".formatted(either(elsewhere)), ""));
    }

    /** The same of a key below this mapping that is another one but for a letter or two. */
    public static Optional<Remedy> slip(Class<?> record, String key) {
        return inside(named(Key.root(record), key, true));
    }

    /** A key that is nearly so called and stands nearer is the likelier one. */
    private static List<Key> nearer(List<Key> exact, List<Key> slips) {
        return slips.get(0).way().size() < exact.get(0).way().size() ? slips : exact;
    }

    private static Optional<Remedy> inside(List<Key> keys) {
        List<Key> near = keys.stream()
                .filter(each -> each.way().size() == keys.get(0).way().size())
                .toList();
        return near.isEmpty()
                ? Optional.empty()
                : Optional.of(new Remedy(
                        "write %s".formatted(either(near)),
                        near.get(0).way().get(0).step()));
    }

    /**
     * The key to write instead.
     *
     * @param meant the key of the same mapping below which it belongs; empty where there is none
     */
    public record Remedy(String words, String meant) {}

    /** With which other word in the same place the key would be right: {@code type: dock}; empty where with none. */
    public Optional<String> variant(KeyPath mapping, String key) {
        List<String> steps = KeyTree.steps(mapping.text());
        return named(Key.root(root), key, false).stream()
                .filter(each -> isBeside(steps, each))
                .findFirst()
                .map(each -> "%s: %s".formatted(discriminator(each), each.variant()));
    }

    private static boolean isBeside(List<String> steps, Key key) {
        List<Key> way = key.way();
        return !key.variant().isEmpty() && way.size() == steps.size() + 1 && shared(steps, key) == steps.size();
    }

    private static List<Key> named(Key top, String key, boolean slip) {
        return KeyTree.everywhere(top).stream()
                .filter(each -> each.component().isPresent()
                        && (plain(each.step()).equals(plain(key)) || slip && Suggestions.isSlip(key, each.step())))
                .filter(each -> each.above().isPresent())
                .sorted(Comparator.comparingInt(each -> each.way().size()))
                .toList();
    }

    /** Other tools write the same words with dashes or capitals. */
    private static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }

    static int shared(List<String> steps, Key key) {
        List<Key> way = key.way();
        int same = 0;
        while (same < steps.size()
                && same < way.size()
                && (way.get(same).step().equals(steps.get(same))
                        || way.get(same).step().equals(Key.ENTRY))) {
            same++;
        }
        return same;
    }

    private static String either(List<Key> keys) {
        List<String> words = keys.stream()
                .map(each -> each.variant().isEmpty()
                        ? "\"%s\"".formatted(each)
                        : "\"%s\" (%s: %s)".formatted(each, discriminator(each), each.variant()))
                .distinct()
                .limit(FEW)
                .toList();
        return String.join(" or ", words);
    }

    private static String discriminator(Key key) {
        return key.above()
                .filter(above -> above.type() instanceof Class<?>)
                .map(above -> Words.discriminator((Class<?>) above.type()))
                .orElse("type");
    }
}
