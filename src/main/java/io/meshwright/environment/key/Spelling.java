package io.meshwright.environment.key;

import java.util.Map;

/** The spelling in a file of what it was read into. */
public final class Spelling {
    private Spelling() {}

    /** The word by which a file chooses this record of a sealed type. */
    public static String of(Class<?> sealed, Object chosen) {
        return Words.ofSealed(sealed).entrySet().stream()
                .filter(word -> word.getValue() == chosen.getClass())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}
