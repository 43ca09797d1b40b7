package io.meshwright.plan.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.meshwright.disclosure.SecretNames;
import io.meshwright.manifest.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Prints values of fields without those that may be secret: of Secrets, of variables and keys that are called like one,
 * and texts that look like a token, a key or a URL with a password. Nothing that is computed from a hidden value is
 * printed either.
 */
public final class Redaction {
    static final String HIDDEN = "(hidden)";
    private static final int LONGEST = 160;
    private static final Pattern VALUE = Pattern.compile(
            "-----BEGIN|eyJ[A-Za-z0-9_-]{8,}\\.|AKIA[0-9A-Z]{12}|gh[pousr]_[A-Za-z0-9]{16}|xox[abprs]-|[A-Za-z][A-Za-z0-9+.-]*://[^/\\s:@]*:[^/\\s@]+@|(?i:bearer|basic) +[A-Za-z0-9+/=_.-]{8,}|[A-Za-z0-9+/_-]{40,}={0,2}");
    /** The digest of an image, which everybody may know. */
    private static final Pattern DIGEST = Pattern.compile("@sha256:[0-9a-f]{64}");
    /** Identities and paths, which are long and lower case as no token is, and whose parts are short. */
    private static final Pattern PATH =
            Pattern.compile("(?:spiffe://)?/?[a-z0-9*.{}_-]{1,39}(?:/[a-z0-9*.{}_-]{1,39})*/?");

    private static final Pattern SETTING = Pattern.compile("^\\s*(?:-\\s*)?[\"']?([A-Za-z0-9_.-]+)[\"']?\\s*[:=].*");
    /** Fields of texts of many lines that somebody else's program reads. */
    private static final List<String> DATA = List.of("data", "stringData", "binaryData");
    /** Fields of Kubernetes' own that are called like a secret and hold none. */
    private static final Set<String> FIELDS = Set.of(
            "automountServiceAccountToken",
            "imagePullSecrets",
            "secret",
            "secretKeyRef",
            "secretRef",
            "secrets",
            "serviceAccountToken");

    private Redaction() {}

    /** The value of a field of an object of that kind, on one line. */
    public static String value(Kind kind, FieldChange change, JsonNode value) {
        if (value.isMissingNode()) {
            return "nothing";
        }
        if (isSecret(kind, change)) {
            return HIDDEN;
        }
        return shortened(redacted(value));
    }

    /** The lines of a text that one side has and the other has not, with {@code -} and {@code +}. */
    public static String line(String line) {
        var setting = SETTING.matcher(line);
        boolean named = setting.matches() && SecretNames.isOne(setting.group(1));
        return named || isToken(line) ? HIDDEN : shortened(line);
    }

    /** Tells whether a printed value is one that was hidden. */
    public static boolean isHidden(String printed) {
        return printed.contains(HIDDEN);
    }

    private static boolean isSecret(Kind kind, FieldChange change) {
        boolean ofSecret = kind.equals(Kind.SECRET)
                && !change.path().isEmpty()
                && DATA.contains(change.path().get(0));
        boolean free = kind.equals(Kind.SECRET) || kind.equals(Kind.CONFIG_MAP);
        return ofSecret
                || change.path().stream()
                        .map(key -> key.startsWith("[") ? key.substring(1, key.length() - 1) : key)
                        .anyMatch(key -> SecretNames.isOne(key) && (free || !FIELDS.contains(key)));
    }

    private static String redacted(JsonNode value) {
        if (value.isTextual()) {
            return text(value.asText());
        }
        if (value.isObject()) {
            StringBuilder text = new StringBuilder("{");
            boolean secretVariable = SecretNames.isOne(value.path("name").asText(""));
            value.properties().forEach(field -> {
                boolean hidden = SecretNames.isOne(field.getKey()) && !FIELDS.contains(field.getKey())
                        || secretVariable
                                && field.getKey().toLowerCase(Locale.ROOT).equals("value");
                text.append(text.length() > 1 ? ", " : "")
                        .append(field.getKey())
                        .append(": ")
                        .append(hidden ? HIDDEN : redacted(field.getValue()));
            });
            return text.append('}').toString();
        }
        if (value.isArray()) {
            StringBuilder text = new StringBuilder("[");
            value.forEach(item -> text.append(text.length() > 1 ? ", " : "").append(redacted(item)));
            return text.append(']').toString();
        }
        return value.asText();
    }

    private static String text(String text) {
        if (text.contains("\n")) {
            return "a text of %d lines".formatted(text.lines().count());
        }
        var setting = SETTING.matcher(text);
        boolean named = setting.matches() && SecretNames.isOne(setting.group(1));
        return named || isToken(text) ? HIDDEN : text.isEmpty() ? "\"\"" : text;
    }

    private static boolean isToken(String text) {
        return !PATH.matches(text)
                && VALUE.matcher(DIGEST.matcher(text).replaceAll("@digest")).find();
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST).concat("…");
    }
}
