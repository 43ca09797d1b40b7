package io.meshwright.trace.sample;

import io.meshwright.mesh.terms.StringMatch;
import java.util.List;
import java.util.stream.Stream;

/**
 * Texts that a regular expression takes, found by leaving out what is usual in those of routes; empty where none of
 * them fits, so that a text which is given out is right.
 */
final class RegexSamples {
    private static final String WORD = "any";
    private static final String OPTIONAL_GROUP = "\\((?:\\?[a-z]*:)?[^()]*\\)[*?]";
    private static final String GROUP = "\\((?:\\?[a-z]*:)?([^()|]*)(?:\\|[^()]*)?\\)\\+?";

    private RegexSamples() {}

    static List<String> of(StringMatch match) {
        String text = match.text();
        return Stream.of(plain(text, ""), plain(text, WORD), plain(text, "1"), "/", WORD, "/".concat(WORD), "1")
                .filter(sample -> !sample.isEmpty() && match.fits(sample))
                .limit(1)
                .toList();
    }

    private static String plain(String regex, String filling) {
        String text = regex.replaceAll("^\\^|\\$$|\\(\\?[a-z]+\\)", "")
                .replaceAll("\\[[^\\]]*\\][*+?]?(\\{[0-9,]+\\})?|\\\\[dwsDWS][*+?]?(\\{[0-9,]+\\})?|\\.[*+?]", filling)
                .replaceAll("\\\\(.)", "$1");
        return withoutGroups(text).replaceAll("\\|.*", "").replaceAll("[*+?]", "");
    }

    /** From the inside out: without those that may be missing, of the others their first alternative. */
    private static String withoutGroups(String text) {
        String simpler = text.replaceFirst(OPTIONAL_GROUP, "");
        if (simpler.equals(text)) {
            simpler = text.replaceFirst(GROUP, "$1");
        }
        return simpler.equals(text) ? text : withoutGroups(simpler);
    }
}
