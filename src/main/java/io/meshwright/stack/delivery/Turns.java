package io.meshwright.stack.delivery;

import io.meshwright.construct.delivery.sync.Wave;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The names that stand in each wave, and those that each of them waits for: everything of the closest wave before it
 * that later ones need. What nobody needs holds nobody back, as in Argo CD.
 */
final class Turns {
    private final Map<Wave, List<String>> names = new EnumMap<>(Wave.class);

    void add(Wave wave, String name) {
        names.computeIfAbsent(wave, none -> new ArrayList<>()).add(name);
    }

    List<String> before(Wave wave) {
        return names.entrySet().stream()
                .filter(turn -> turn.getKey().isAwaited() && turn.getKey().compareTo(wave) < 0)
                .reduce((earlier, later) -> later)
                .map(turn -> turn.getValue().stream().sorted().toList())
                .orElse(List.of());
    }
}
