package io.meshwright.value;

import java.util.Optional;

/** One value that cannot be right: which key, what is wrong with it and what to write instead. */
public class InvalidValue extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String problem;
    private final String remedy;

    /** {@code key} is a path below the value being made, as {@link KeyPath} writes it; empty for the value itself. */
    public InvalidValue(String key, String problem, String remedy) {
        super(message(key, problem, remedy));
        this.key = key;
        this.problem = problem;
        this.remedy = remedy;
    }

    /** The same for a value at a place of a file, or of a construct's settings. */
    public InvalidValue(KeyPath key, String problem, String remedy) {
        this(key.toString(), problem, remedy);
    }

    private static String message(String key, String problem, String remedy) {
        return key.isEmpty() ? "%s; %s".formatted(problem, remedy) : "%s: %s; %s".formatted(key, problem, remedy);
    }

    /** All three in one line; unlike that of other exceptions it is always there. */
    @Override
    public String getMessage() {
        return message(key, problem, remedy);
    }

    /** Whatever a rule refuses; empty where it lets everything through. */
    public static Optional<InvalidValue> thrownBy(Runnable rule) {
        try {
            rule.run();
            return Optional.empty();
        } catch (InvalidValue refusal) {
            return Optional.of(refusal);
        }
    }

    public String key() {
        return key;
    }

    public String problem() {
        return problem;
    }

    public String remedy() {
        return remedy;
    }

    /** The same refusal, seen from the owner of the value: its key is put below {@code parent}. */
    public InvalidValue under(String parent) {
        return new InvalidValue(KeyPath.of(parent).then(key).toString(), problem, remedy);
    }
}
