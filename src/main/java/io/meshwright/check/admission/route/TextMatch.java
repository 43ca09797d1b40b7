package io.meshwright.check.admission.route;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.meshwright.check.admission.field.Field;
import java.nio.charset.StandardCharsets;

/** Rules for comparing a text: exactly, by its beginning, or by a regular expression of RE2. */
final class TextMatch {
    private static final int LONGEST = 1024;

    private TextMatch() {}

    /** Empty beginnings and expressions fit everything, and Envoy refuses them. */
    static void examine(Field match) {
        if (match.at("prefix").isSet() && match.at("prefix").isEmpty()) {
            match.at("prefix").refuse("the prefix is empty", "Write the beginning, or {} for any value.");
        }
        regex(match);
    }

    /** Only the regular expression, if there is one. */
    static void regex(Field match) {
        Field regex = match.at("regex");
        if (regex.isSet() && regex.isEmpty()) {
            regex.refuse("the regular expression is empty", "Write one, such as .* for any value.");
        } else {
            expression(regex);
        }
    }

    static void expression(Field regex) {
        if (regex.text().getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            regex.refuse(
                    "the regular expression is longer than %d bytes".formatted(LONGEST),
                    "Split it into several matches.");
            return;
        }
        try {
            Pattern.compile(regex.text());
        } catch (PatternSyntaxException broken) {
            regex.refuse(
                    "\"%s\" is no regular expression of RE2: %s".formatted(regex.text(), broken.getDescription()),
                    "Write it without look-around and back references, and close every bracket.");
        }
    }
}
