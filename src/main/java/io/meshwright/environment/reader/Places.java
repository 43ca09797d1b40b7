package io.meshwright.environment.reader;

import io.meshwright.environment.key.Key;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.InvalidValues;
import io.meshwright.value.KeyPath;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

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

    /** Returns the place of a key, or of the nearest one above it, with the key: {@code file:line:column key}. */
    public String of(KeyPath key) {
        return "%s %s".formatted(place(key), key);
    }

    /** Returns the place of a key, or of the nearest one above it. */
    public Place place(KeyPath key) {
        return of(new InvalidValue(key, "", "")).place();
    }

    /**
     * Returns the places of keys of this pattern, such as {@code services.*.release.steps}, in the order of the file.
     */
    public List<String> written(Key pattern) {
        List<String> places = new ArrayList<>();
        written(root, pattern.way(), 0, places);
        return places;
    }

    private static void written(PlacedNode placed, List<Key> way, int next, List<String> places) {
        if (next == way.size()) {
            places.add("%s:%d:%d %s"
                    .formatted(
                            placed.key().getName(),
                            placed.key().getLine() + 1,
                            placed.key().getColumn() + 1,
                            placed.path()));
            return;
        }
        String step = way.get(next).step();
        if (placed.node() instanceof SequenceNode list && step.equals(Key.ITEM)) {
            for (int index = 0; index < list.getValue().size(); index++) {
                written(placed.item(index, list.getValue().get(index)), way, next + 1, places);
            }
        } else if (placed.node() instanceof MappingNode mapping && !step.equals(Key.ITEM)) {
            mapping.getValue().forEach(entry -> {
                if (entry.getKeyNode() instanceof ScalarNode key
                        && (step.equals(Key.ENTRY) || step.equals(key.getValue()))) {
                    written(placed.entry(key, entry.getValueNode()), way, next + 1, places);
                }
            });
        }
    }

    /**
     * Runs a step that may refuse what the file says; the refusals with their places, empty where it refuses nothing.
     */
    public List<Problem> refusals(Runnable step) {
        try {
            step.run();
            return List.of();
        } catch (InvalidValue refusal) {
            return List.of(of(refusal));
        } catch (InvalidValues refusals) {
            return of(refusals);
        }
    }

    /** The one refusal with its place. */
    public Problem of(InvalidValue refusal) {
        return of(new InvalidValues(List.of(refusal))).get(0);
    }
}
