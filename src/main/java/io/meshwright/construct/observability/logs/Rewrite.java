package io.meshwright.construct.observability.logs;

/**
 * One replacement in a text, as Go's regexp does it: every match, from the left, without overlap.
 *
 * @param pattern in RE2's syntax
 * @param replacement where {@code $1} and {@code ${1}} stand for a group
 */
record Rewrite(String pattern, String replacement) {
    private static final String TARGET = "TARGET";

    /** The same as a statement of OTTL; the collector's configuration takes two dollar signs for one. */
    String statement(String target) {
        boolean map = target.endsWith("attributes");
        String function = map ? "replace_all_patterns(TARGET, \"value\", %s, %s)" : "replace_pattern(TARGET, %s, %s)";
        return function.formatted(quoted(pattern), quoted(replacement)).replace(TARGET, target);
    }

    /** A string of OTTL, which is read as one of Go; what no editor shows is written by its number. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(letter -> {
            if (letter == '"' || letter == '\\') {
                quoted.append('\\').appendCodePoint(letter);
            } else if (letter > '~' && Character.getType(letter) == Character.PRIVATE_USE) {
                quoted.append("\\u%04x".formatted(letter));
            } else {
                quoted.appendCodePoint(letter);
            }
        });
        return quoted.append('"').toString().replace("$", "$$");
    }
}
