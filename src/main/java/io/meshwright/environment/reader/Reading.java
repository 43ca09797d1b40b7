package io.meshwright.environment.reader;

import java.util.List;

/** The outcome of reading a file: its value, or everything that is wrong with it. */
public sealed interface Reading<T> {
    /** The file's value, and where each of its keys stands. */
    record Accepted<T>(T value, Places places) implements Reading<T> {}

    /** At least one problem, in the order of the file. */
    record Refused<T>(List<Problem> problems) implements Reading<T> {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
