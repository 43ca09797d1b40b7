package io.meshwright.reference;

import io.meshwright.environment.key.Key;
import io.meshwright.environment.key.KeyExample;
import io.meshwright.environment.key.KeyFacts;
import io.meshwright.environment.key.KeyTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The explanation of a key, in lines for a terminal. */
public final class Explanation {
    private static final int MOST_PLACES = 8;

    private Explanation() {}

    /**
     * Type, default, bounds, meaning, example and place of a key.
     *
     * @param used where environment files have it
     * @param page the page that describes it, if it stands there
     */
    public static List<String> of(KeyTree tree, Key key, List<String> used, Optional<String> page) {
        KeyFacts facts = KeyFacts.of(key);
        List<String> lines = new ArrayList<>();
        lines.add(key.path());
        if (!facts.meaning().isEmpty()) {
            lines.add("  %s".formatted(facts.meaning()));
        }
        lines.add("type: %s".formatted(facts.type()));
        if (facts.absent().equals(KeyFacts.REQUIRED)) {
            lines.add(KeyFacts.REQUIRED);
        } else {
            lines.add("default: %s".formatted(facts.absent()));
        }
        facts.bounds().forEach(bound -> lines.add("bounds: %s".formatted(bound)));
        facts.words().forEach((word, meaning) -> lines.add("  %s: %s".formatted(word, meaning)));
        if (!key.variant().isEmpty()) {
            lines.add("only with: %s: %s"
                    .formatted(key.above().map(Key::discriminator).orElse("type"), key.variant()));
        }
        below(key).ifPresent(keys -> lines.add("keys: %s".formatted(keys)));
        lines.add("example:");
        KeyExample.of(key).forEach(line -> lines.add("  %s".formatted(line)));
        some(tree.alike(key).stream().map(Key::path).distinct().toList())
                .forEach(other -> lines.add("also at: %s".formatted(other)));
        some(used).forEach(place -> lines.add("used: %s".formatted(place)));
        page.ifPresent(place -> lines.add("see: %s".formatted(place)));
        return lines;
    }

    private static Optional<String> below(Key key) {
        Key mapping = key;
        while (mapping.isOfSeveral()) {
            mapping = mapping.below().get(0);
        }
        String keys = mapping.below().stream()
                .map(each -> each.variant().isEmpty() ? each.step() : "%s (%s)".formatted(each.step(), each.variant()))
                .collect(Collectors.joining(", "));
        return keys.isEmpty() ? Optional.empty() : Optional.of(keys);
    }

    private static List<String> some(List<String> places) {
        if (places.size() <= MOST_PLACES) {
            return places;
        }
        List<String> some = new ArrayList<>(places.subList(0, MOST_PLACES));
        some.add("and %d more".formatted(places.size() - MOST_PLACES));
        return some;
    }
}
