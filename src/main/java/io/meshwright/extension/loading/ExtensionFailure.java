package io.meshwright.extension.loading;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.InvalidValues;
import io.meshwright.value.KeyPath;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells what went wrong in an extension, as one sentence that names its class. */
public final class ExtensionFailure {
    private static final Pattern NEWER = Pattern.compile("class file version (\\d+)\\.\\d+.* up to (\\d+)\\.\\d+");
    // Class files of Java 17 have the version 61.
    private static final int BEFORE_FIRST = 44;

    private ExtensionFailure() {}

    /** It could not be loaded or made. */
    static InvalidValue ofLoading(String name, KeyPath key, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        Matcher newer = NEWER.matcher(String.valueOf(cause.getMessage()));
        if (cause instanceof UnsupportedClassVersionError && newer.find()) {
            return new InvalidValue(
                    key,
                    "\"%s\" is compiled for Java %d, and this is Java %d"
                            .formatted(name, java(newer.group(1)), java(newer.group(2))),
                    "run a newer Java, or compile it with --release %d".formatted(java(newer.group(2))));
        }
        if (cause instanceof LinkageError) {
            return ofRunning(name, key, cause);
        }
        return new InvalidValue(
                key,
                "\"%s\" cannot be loaded: %s".formatted(name, firstLine(failure)),
                "mend the jar; an extension is a public class with a public constructor without parameters");
    }

    /** It, or what it made, threw something. */
    public static InvalidValue ofRunning(String name, KeyPath key, Throwable failure) {
        if (failure instanceof ExceptionInInitializerError && failure.getCause() != null) {
            return ofRunning(name, key, failure.getCause());
        }
        if (failure instanceof InvalidValue || failure instanceof InvalidValues) {
            String refusals = String.valueOf(failure.getMessage()).replace("\n", ", and ");
            return new InvalidValue(
                    key, "\"%s\"%s is refused: %s".formatted(name, line(name, failure), refusals), "mend it there");
        }
        if (failure instanceof LinkageError) {
            return new InvalidValue(
                    key,
                    "\"%s\" does not fit the classes that are here: %s %s"
                            .formatted(name, failure.getClass().getSimpleName(), firstLine(failure)),
                    "compile it against this release of Meshwright, and give the jars that it needs beside its own");
        }
        return new InvalidValue(
                key,
                "\"%s\"%s ends with %s: %s"
                        .formatted(name, line(name, failure), failure.getClass().getSimpleName(), firstLine(failure)),
                "mend it there, or remove it here");
    }

    /** The line of its own that was at work. */
    private static String line(String name, Throwable failure) {
        String room = name.contains(".") ? name.substring(0, name.lastIndexOf('.') + 1) : name;
        Optional<StackTraceElement> own = Arrays.stream(failure.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(room))
                .findFirst();
        return own.map(frame -> String.format(Locale.ROOT, " (%s:%d)", frame.getFileName(), frame.getLineNumber()))
                .orElse("");
    }

    // Failures of cdk8s' process repeat their message with a JavaScript stack below the first line.
    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no message");
    }

    private static int java(String classFile) {
        return Integer.parseInt(classFile) - BEFORE_FIRST;
    }
}
