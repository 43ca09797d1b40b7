package io.meshwright.manifest;

import java.util.OptionalInt;

/**
 * Finds a text so long that no cluster stores it. snakeyaml copies what it holds of a word each time it reads on, so a
 * word of many megabytes would take minutes.
 */
final class OverlongText {
    /** etcd refuses requests above 1.5 MiB (its --max-request-bytes), and so any object that holds such a text. */
    private static final int LONGEST = 3 << 19;

    private OverlongText() {}

    /** Place at which the first begins; empty when there is none. */
    static OptionalInt in(String text) {
        if (text.length() <= LONGEST) {
            return OptionalInt.empty();
        }
        boolean flow = text.startsWith("{") || text.startsWith("[");
        int start = 0;
        for (int at = 0; at < text.length(); at++) {
            if (ends(text.charAt(at), flow)) {
                start = at + 1;
            } else if (at - start == LONGEST) {
                return OptionalInt.of(start);
            }
        }
        return OptionalInt.empty();
    }

    /** Block texts are read by lines; a whole List may stand on one line of JSON, where quotes end each text. */
    private static boolean ends(char character, boolean flow) {
        return character == '\n' || flow && (character == '"' || character == ' ');
    }
}
