package io.meshwright.check.admission.route;

import io.meshwright.check.admission.field.Field;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of a header that a route writes: text, with Envoy's variables between percent signs, such as
 * {@code %DOWNSTREAM_REMOTE_ADDRESS%} or {@code %REQ(x-user)%}; a sign itself is written twice.
 */
final class HeaderValue {
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0A-\\x1F\\x7F]");
    private static final String ARGUMENT = "[^\\\\)\"]*+(?:\\\\.[^\\\\)\"]*+)*+";
    private static final String ARGUMENTS =
            "\\( *+(?:\\[ *+\"|[^ \\[])%1$s(?:\" *+, *+\"%1$s)*+(?:\\)|\" *+\\] *+\\))".formatted(ARGUMENT);
    private static final Pattern PIECE =
            Pattern.compile("\\G(?:[^%%]++|%%%%|%%[^%%(]*+(?:%%|%s *+%%))".formatted(ARGUMENTS), Pattern.DOTALL);

    private HeaderValue() {}

    static void examine(Field value) {
        if (CONTROL.matcher(value.text()).find()) {
            value.refuse("the value of the header has a control character", "Write it without line breaks.");
        } else if (!isClosed(value.text())) {
            value.refuse(
                    "\"%s\" begins a variable and does not end it".formatted(value.text()),
                    "Close the variable with a percent sign, or write %% for the sign itself.");
        }
    }

    private static boolean isClosed(String text) {
        Matcher pieces = PIECE.matcher(text);
        int end = 0;
        while (pieces.find()) {
            end = pieces.end();
        }
        return end == text.length();
    }
}
