package io.meshwright.value.workload.data;

import com.google.re2j.Pattern;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;

/** Keys of ConfigMaps and Secrets, and paths of files below a volume [kubernetes.io, ConfigMaps]. */
final class DataKey {
    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");
    private static final Pattern PATH = Pattern.compile("[^/:]+(/[^/:]+)*");
    private static final Pattern UP = Pattern.compile("(?s)\\.\\..*|(.*/)?\\.\\.(/.*)?");

    private DataKey() {}

    /** Refuses, at {@code at}, what cannot be a key. */
    static void check(String at, String key) {
        Require.that(
                KEY.matches(key) && !key.equals(".") && !key.startsWith(".."),
                at,
                "%s is no key of a ConfigMap or Secret".formatted(Plain.quoted(key)),
                "use letters, digits, dashes, dots and underscores");
    }

    /** Refuses, at {@code at}, a path that leads out of its volume, or into what the kubelet keeps there. */
    static void checkPath(String at, String path) {
        Require.that(
                PATH.matches(path) && !UP.matches(path),
                at,
                "%s is no path inside a volume".formatted(Plain.quoted(path)),
                "name a file without / at its ends and without ..");
    }
}
