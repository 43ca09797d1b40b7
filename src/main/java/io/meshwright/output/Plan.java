package io.meshwright.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Steps in one environment's folder after which it holds what is wanted; making one changes nothing. */
record Plan(SortedMap<ManifestPath, OutputFile> wanted, Changes changes, String inventory, boolean inventoryStands) {
    private enum Fate {
        ADDED,
        CHANGED,
        REMOVED,
        UNCHANGED,
        GONE
    }

    static Plan of(EnvironmentFolder folder, SortedMap<ManifestPath, OutputFile> wanted)
            throws IOException, RefusedException {
        Inventory previous = Inventory.read(folder);
        Map<Fate, List<ManifestPath>> sorted = new EnumMap<>(Fate.class);
        List<String> problems = new ArrayList<>();
        TreeSet<ManifestPath> paths = new TreeSet<>(previous.files().keySet());
        paths.addAll(wanted.keySet());
        for (ManifestPath path : paths) {
            try {
                Fate fate = fate(folder, path, previous.files().containsKey(path), wanted.get(path));
                sorted.computeIfAbsent(fate, none -> new ArrayList<>()).add(path);
            } catch (RefusedException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new RefusedException(problems);
        }
        String inventory = Inventory.of(wanted.values()).text();
        return new Plan(
                wanted,
                changes(sorted),
                inventory,
                holds(folder.inventory(), inventory.getBytes(StandardCharsets.UTF_8)));
    }

    boolean nothingToDo() {
        return changes.none() && inventoryStands;
    }

    /** Returns what a dry run tells of it. */
    Changes preview() {
        return new Changes(
                changes.added(),
                changes.changed(),
                changes.removed(),
                changes.unchanged(),
                changes.none() && !inventoryStands);
    }

    private static Fate fate(EnvironmentFolder folder, ManifestPath path, boolean ours, @Nullable OutputFile file)
            throws IOException, RefusedException {
        Path place = folder.file(path);
        boolean stands = EnvironmentFolder.stands(place);
        if (stands && !ours) {
            throw standsInTheWay(folder, path);
        }
        if (file == null) {
            return stands ? Fate.REMOVED : Fate.GONE;
        }
        if (!stands) {
            return Fate.ADDED;
        }
        return holds(place, file.bytes()) ? Fate.UNCHANGED : Fate.CHANGED;
    }

    private static Changes changes(Map<Fate, List<ManifestPath>> sorted) {
        return new Changes(
                sorted.getOrDefault(Fate.ADDED, List.of()), sorted.getOrDefault(Fate.CHANGED, List.of()),
                sorted.getOrDefault(Fate.REMOVED, List.of()), sorted.getOrDefault(Fate.UNCHANGED, List.of()));
    }

    static RefusedException standsInTheWay(EnvironmentFolder folder, ManifestPath path) {
        return RefusedException.because(
                "%s: stands in the way and is not ours, for %s does not list it; move it away",
                folder.shown(path), Inventory.FILE);
    }

    private static boolean holds(Path file, byte[] bytes) throws IOException {
        return EnvironmentFolder.stands(file) && Arrays.equals(Files.readAllBytes(file), bytes);
    }
}
