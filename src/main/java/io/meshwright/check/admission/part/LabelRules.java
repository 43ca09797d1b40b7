package io.meshwright.check.admission.part;

import io.meshwright.check.admission.field.Field;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Labels of pods, and selectors by them. */
public final class LabelRules {
    private static final int LONGEST = 63;
    private static final int LONGEST_PREFIX = 253;
    private static final String DNS = "[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?";
    private static final String NAME = "(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final Pattern KEY = Pattern.compile("(?:(%1$s(?:\\.%1$s)*)/)?(%2$s)".formatted(DNS, NAME));
    private static final Pattern VALUE = Pattern.compile("(?:%s)?".formatted(NAME));

    private LabelRules() {}

    /** Labels that pods carry. */
    public static void labels(Field labels) {
        for (Field label : labels.entries()) {
            if (!isKey(label.key())) {
                label.refuse(
                        "\"%s\" is no key of a label".formatted(label.key()),
                        "Write letters, digits, dashes, dots and underscores, at most 63, after a domain and a slash"
                                + " if needed.");
            }
            if (!VALUE.matcher(label.text()).matches()) {
                label.refuse(
                        "\"%s\" is no value of a label".formatted(label.text()),
                        "Write letters, digits, dashes, dots and underscores, the first and last a letter or digit.");
            }
        }
    }

    private static boolean isKey(String key) {
        Matcher parts = KEY.matcher(key);
        return parts.matches()
                && parts.group(2).length() <= LONGEST
                && (parts.group(1) == null || parts.group(1).length() <= LONGEST_PREFIX);
    }

    /** A selector whose labels stand in the field of that name; answers whether nothing in it is refused. */
    public static boolean selector(Field selector, String field, String consequence) {
        boolean admitted = true;
        for (Field label : selector.at(field).entries()) {
            boolean wildcard = label.key().indexOf('*') >= 0 || label.text().indexOf('*') >= 0;
            if (label.key().isEmpty() || wildcard) {
                label.refuse(
                        "the selector asks for \"%s=%s\", and labels are compared letter by letter"
                                .formatted(label.key(), label.text()),
                        "Write a label of the pods without an asterisk.");
                admitted = false;
            }
        }
        if (selector.isSet() && selector.at(field).isEmpty()) {
            selector.warn(
                    "the selector has no labels, so %s".formatted(consequence),
                    "Write labels of the pods, or remove the selector.");
        }
        return admitted;
    }
}
