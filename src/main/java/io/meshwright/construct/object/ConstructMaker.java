package io.meshwright.construct.object;

import io.meshwright.value.InvalidValue;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.jsii.JsiiException;
import software.constructs.Construct;

/** Makes a construct at its place in the tree, and tells that place where it cannot be made. */
public final class ConstructMaker {
    private static final Pattern TWICE = Pattern.compile("There is already a Construct with name '([^']*)' in .*");

    private ConstructMaker() {}

    /**
     * Makes one construct.
     *
     * @throws InvalidConstruct when a value is refused, or cdk8s refuses the construct; of nested ones the innermost is
     *     told
     */
    public static <T> T make(Construct scope, String id, Supplier<T> construct) {
        try {
            return construct.get();
        } catch (InvalidConstruct told) {
            throw told;
        } catch (InvalidValue refusal) {
            throw new InvalidConstruct(path(scope, id), refusal);
        } catch (RuntimeException failure) {
            if (!isOfKernel(failure)) {
                throw failure;
            }
            InvalidConstruct refusal = new InvalidConstruct(path(scope, id), refusal(failure));
            refusal.addSuppressed(failure);
            throw refusal;
        }
    }

    // jsii throws what JavaScript threw as a plain RuntimeException, and its own failures as one of its own
    // [jsii-runtime, JsiiRuntime.processErrorResponse].
    private static boolean isOfKernel(RuntimeException failure) {
        return failure instanceof JsiiException || failure.getClass() == RuntimeException.class;
    }

    private static InvalidValue refusal(RuntimeException failure) {
        // The first line is cdk8s' own word, a JavaScript stack follows.
        String first = String.valueOf(failure.getMessage()).lines().findFirst().orElse("no message");
        Matcher twice = TWICE.matcher(first);
        return twice.matches()
                ? new InvalidValue(
                        "id",
                        "\"%s\" is the id of another construct there".formatted(twice.group(1)),
                        "give it its own")
                : new InvalidValue("", "cdk8s refuses it: %s".formatted(first), "mend what it is given");
    }

    // Asked only here: each property is a way to cdk8s' process.
    private static String path(Construct scope, String id) {
        String above = scope.getNode().getPath();
        return above.isEmpty() ? id : "%s/%s".formatted(above, id);
    }
}
