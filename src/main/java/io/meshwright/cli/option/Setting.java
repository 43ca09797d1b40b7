package io.meshwright.cli.option;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One key of environment files that the command line gives, such as {@code services.web.scale.replicas=3}.
 *
 * @param steps the keys on the way to it
 * @param value as YAML
 */
public record Setting(List<String> steps, String value) {
    /** Name of the option in messages. */
    public static final String OPTION = "--set";

    private static final Pattern STEP = Pattern.compile("\\G(?:\\.|^|(?=\\[))(?:\\[\"([^\"]+)\"\\]|([^.\\[\\]=\"]+))");

    public Setting {
        steps = List.copyOf(steps);
    }

    /**
     * Reads {@code services.web.scale.replicas=3}.
     *
     * @throws InvalidValue for what is no key and value
     */
    public static Setting of(String text) {
        Matcher matcher = STEP.matcher(text);
        List<String> steps = new ArrayList<>();
        int end = 0;
        while (matcher.find()) {
            steps.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
            end = matcher.end();
        }
        if (steps.isEmpty() || end >= text.length() || text.charAt(end) != '=') {
            throw new InvalidValue(
                    OPTION,
                    "%s is no key and value".formatted(Plain.quoted(text)),
                    "write key=value, such as services.web.scale.replicas=3; a list is given whole");
        }
        return new Setting(steps, text.substring(end + 1));
    }

    /** As a mapping of one entry. */
    public String content() {
        return "'%s': %s\n".formatted(String.join(".", steps).replace("'", "''"), value);
    }
}
