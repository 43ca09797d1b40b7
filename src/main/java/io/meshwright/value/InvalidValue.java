package io.meshwright.value;

/** One value that cannot be right: which key, what is wrong with it and what to write instead. */
public final class InvalidValue extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String problem;
    private final String remedy;

    /** {@code key} is a path below the value being made, as {@link KeyPath} writes it; empty for the value itself. */
    public InvalidValue(String key, String problem, String remedy) {
        super(key.isEmpty() ? "%s; %s".formatted(problem, remedy) : "%s: %s; %s".formatted(key, problem, remedy));
        this.key = key;
        this.problem = problem;
        this.remedy = remedy;
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
