package io.meshwright.value.traffic;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.meshwright.value.Doc;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.Shorthand;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A condition on the value of a header or query parameter; a plain text means exactly that text. */
@Doc("A text, or one of exact, prefix, regex and present.")
public record TextMatch(
        @Nullable @Doc("The whole value.") String exact,
        @Nullable @Doc("How the value begins.") String prefix,

        @Nullable @Doc("RE2 expression for the whole value.")
        String regex,

        @Nullable @Doc("true: any value will do.") Boolean present) {
    public TextMatch {
        Require.that(
                Stream.of(exact, prefix, regex, present)
                                .filter(Objects::nonNull)
                                .count()
                        == 1,
                "",
                "does not say in one way what to match",
                "give one of exact, prefix, regex and present");
        Require.that(present == null || present, "present", "\"false\" matches nothing", "use withoutHeaders instead");
        if (regex != null) {
            compiled("regex", regex);
        }
    }

    @Shorthand
    public static TextMatch exact(String value) {
        return new TextMatch(value, null, null, null);
    }

    public static TextMatch regex(String value) {
        return new TextMatch(null, null, value, null);
    }

    public static TextMatch anything() {
        return new TextMatch(null, null, null, true);
    }

    static String compiled(String key, String regex) {
        try {
            return Pattern.compile(regex).pattern();
        } catch (PatternSyntaxException e) {
            throw new InvalidValue(
                    key,
                    "%s is not an RE2 expression".formatted(Plain.quoted(regex)),
                    "mend it; RE2 knows neither look-around nor back-references");
        }
    }

    @Override
    public String toString() {
        return exact != null
                ? exact
                : prefix != null ? prefix.concat("…") : regex != null ? "~".concat(regex) : "present";
    }
}
