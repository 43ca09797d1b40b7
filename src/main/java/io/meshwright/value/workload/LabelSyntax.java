package io.meshwright.value.workload;

import com.google.re2j.Pattern;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import java.util.Map;

/**
 * The form that Kubernetes admits for keys and values of labels and annotations [kubernetes.io, Labels and Selectors].
 */
public final class LabelSyntax {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final Pattern PREFIX =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final int LONGEST_PREFIX = 253;

    private LabelSyntax() {}

    /** Refuses, below {@code at}, labels whose key or value the API server would refuse. */
    public static void labels(String at, Map<String, String> labels) {
        labels.forEach((key, value) -> {
            key(at, key);
            Require.that(
                    value.isEmpty() || NAME.matches(value),
                    KeyPath.of(at).key(key).text(),
                    "%s is no value of a label".formatted(Plain.quoted(value)),
                    "give at most 63 letters, digits, dashes, dots and underscores");
        });
    }

    /** Refuses, below {@code at}, a key of a label or annotation that the API server would refuse. */
    public static void key(String at, String key) {
        int slash = key.indexOf('/');
        String prefix = slash < 0 ? "" : key.substring(0, slash);
        boolean prefixed = slash < 0 || PREFIX.matches(prefix) && prefix.length() <= LONGEST_PREFIX;
        Require.that(
                prefixed && NAME.matches(key.substring(slash + 1)),
                KeyPath.of(at).key(key).text(),
                "is no key of a label or annotation",
                "write name or domain/name, such as example.org/team");
    }

    /** The domain before the slash, empty without one. */
    public static String domain(String key) {
        return key.contains("/") ? key.substring(0, key.indexOf('/')) : "";
    }
}
