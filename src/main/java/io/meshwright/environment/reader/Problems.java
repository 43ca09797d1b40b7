package io.meshwright.environment.reader;

import io.meshwright.value.KeyPath;
import java.util.List;
import java.util.TreeSet;
import org.yaml.snakeyaml.error.Mark;

/** Collects what is wrong with one file. */
final class Problems {
    private final String file;
    private final TreeSet<Problem> found = new TreeSet<>();
    private int noted;

    Problems(String file) {
        this.file = file;
    }

    void add(int line, int column, String problem, String remedy) {
        note(new Problem(new Place(file, line, column), "", problem, remedy));
    }

    void add(Mark mark, KeyPath path, String problem, String remedy) {
        note(new Problem(
                new Place(mark.getName(), mark.getLine() + 1, mark.getColumn() + 1), path.text(), problem, remedy));
    }

    void addAll(Problems others) {
        others.found.forEach(this::note);
    }

    /** About the value that stands there, and not about its key. */
    void add(PlacedNode placed, String problem, String remedy) {
        add(placed.own(), placed.path(), problem, remedy);
    }

    /** Number of times that something was noted so far: unchanged after a step, nothing was wrong in it. */
    int noted() {
        return noted;
    }

    boolean none() {
        return noted == 0;
    }

    private void note(Problem problem) {
        noted++;
        found.add(problem);
    }

    List<Problem> sorted() {
        return List.copyOf(found);
    }
}
