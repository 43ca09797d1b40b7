package io.meshwright.environment.reader;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.InvalidValues;
import io.meshwright.value.KeyPath;
import java.util.List;

/** Places of the keys of an accepted file, for what only a later step can refuse. */
public final class Places {
    private final String file;
    private final PlacedNode root;

    Places(String file, PlacedNode root) {
        this.file = file;
        this.root = root;
    }

    /** The refusals, whose keys are paths from the root of the file, with their places and in the order of the file. */
    public List<Problem> of(InvalidValues refusals) {
        Problems problems = new Problems(file);
        refusals.values().forEach(refusal -> Locator.report(problems, root, refusal));
        return problems.sorted();
    }

    /** Where a key stands, or the nearest one above it, with the key: {@code file:line:column key}. */
    public String of(KeyPath key) {
        return "%s %s".formatted(place(key), key);
    }

    /** Where a key stands, or the nearest one above it. */
    public Place place(KeyPath key) {
        return of(new InvalidValue(key, "", "")).place();
    }

    /** The one refusal with its place. */
    public Problem of(InvalidValue refusal) {
        return of(new InvalidValues(List.of(refusal))).get(0);
    }
}
