package io.meshwright.output;

import java.util.List;

/** Carries problems that a person can mend up to {@link Distribution}, which hands them out as a value. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<String> problems;

    RefusedException(List<String> problems) {
        super(String.join("\n", problems), null, false, false);
        this.problems = List.copyOf(problems);
    }

    static RefusedException because(String problem, Object... values) {
        return new RefusedException(List.of(problem.formatted(values)));
    }

    List<String> problems() {
        return problems;
    }
}
