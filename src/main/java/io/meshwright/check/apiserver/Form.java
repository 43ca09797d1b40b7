package io.meshwright.check.apiserver;

import io.meshwright.check.admission.field.Field;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms that names take (apimachinery, util/validation). */
enum Form {
    LABEL(
            "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?",
            63,
            "DNS label",
            "Write small letters, digits and dashes, at most 63, the first and last no dash."),
    SUBDOMAIN(
            "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*",
            253,
            "DNS name",
            "Write small letters, digits, dashes and dots, the first and last a letter or digit."),
    WILDCARD(
            "(?:\\*\\.)?[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*",
            253,
            "host",
            "Write a DNS name in small letters; an asterisk may be its whole first label."),
    PATH_SEGMENT("(?!\\.\\.?$)[^/%]+", Integer.MAX_VALUE, "name", "Write it without slashes and percent signs."),
    PORT_NAME(
            "(?=.*[a-z])(?!.*--)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?",
            15,
            "name of a port",
            "Write at most 15 small letters, digits and single dashes, with a letter among them."),
    KEY_OF_DATA(
            "(?!\\.\\.?$)(?!\\.\\.)[-._a-zA-Z0-9]+",
            253,
            "key",
            "Write letters, digits, dashes, underscores and dots."),
    VARIABLE(
            "[\\x20-\\x3c\\x3e-\\x7e]+",
            Integer.MAX_VALUE,
            "name of a variable",
            "Write printable ASCII characters without an equals sign."),
    HEADER("[-A-Za-z0-9]+", Integer.MAX_VALUE, "name of a header", "Write letters, digits and dashes."),
    FIELD_OF_POD(
            "metadata\\.(?:name|namespace|uid|(?:labels|annotations)\\['[^']+'])"
                    + "|spec\\.(?:nodeName|serviceAccountName)|status\\.(?:hostIPs?|podIPs?)",
            Integer.MAX_VALUE,
            "field of a pod",
            "Write such as metadata.name, metadata.labels['app'], spec.nodeName or status.podIP."),
    FIELD_IN_FILE(
            "metadata\\.(?:name|namespace|uid|labels|annotations|(?:labels|annotations)\\['[^']+'])",
            Integer.MAX_VALUE,
            "field of a pod that a file may have",
            "Write such as metadata.name, metadata.labels or metadata.labels['app']."),
    LABEL_VALUE(
            "(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?",
            63,
            "value of a label",
            "Write letters, digits, dashes, dots and underscores, at most 63, the first and last a letter or digit."),
    QUALIFIED_NAME(
            "",
            Integer.MAX_VALUE,
            "key of a label",
            "Write at most 63 letters, digits, dashes, dots and underscores, after a DNS name and a slash if needed.");

    private static final Pattern NAME = Pattern.compile("(?:([^/]*)/)?([A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)");

    private final Pattern pattern;
    private final int longest;
    private final String words;
    private final String remedy;

    Form(String pattern, int longest, String words, String remedy) {
        this.pattern = Pattern.compile(pattern);
        this.longest = longest;
        this.words = words;
        this.remedy = remedy;
    }

    boolean fits(String text) {
        return this == QUALIFIED_NAME
                ? isQualified(text)
                : text.length() <= longest && pattern.matcher(text).matches();
    }

    private static boolean isQualified(String text) {
        Matcher parts = NAME.matcher(text);
        return parts.matches()
                && parts.group(2).length() <= LABEL_VALUE.longest
                && (parts.group(1) == null || SUBDOMAIN.fits(parts.group(1)));
    }

    /** Refuses a text that is written and not of this form. */
    void examine(Field field) {
        if (!field.isEmpty()) {
            examine(field, field.text());
        }
    }

    /** Refuses keys of a mapping that are not of this form. */
    void examineKeys(Field mapping) {
        mapping.entries().forEach(entry -> examine(entry, entry.key()));
    }

    void examine(Field field, String text) {
        if (!fits(text)) {
            field.refuse("\"%s\" is no %s".formatted(text, words), remedy);
        }
    }
}
