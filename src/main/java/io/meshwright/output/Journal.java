package io.meshwright.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Replaces one environment's files so that a run that is killed leaves the old state or one that the next run
 * completes.
 *
 * <p>New contents and the list of steps are first put beside the files. Until the list is complete nothing has changed
 * and recovery throws it away; from then on recovery repeats the steps, of which each may be repeated.
 */
final class Journal {
    private static final JsonMapper JSON = new JsonMapper();
    private final EnvironmentFolder folder;
    private final FileOperations files;

    /** Steps that a complete journal lists. */
    record Steps(List<ManifestPath> added, List<ManifestPath> changed, List<ManifestPath> removed) {
        Steps {
            added = List.copyOf(added);
            changed = List.copyOf(changed);
            removed = List.copyOf(removed);
        }
    }

    Journal(EnvironmentFolder folder, FileOperations files) {
        this.folder = folder;
        this.files = files;
    }

    void carryOut(Plan plan) throws IOException, RefusedException {
        Changes changes = plan.changes();
        Steps steps = new Steps(changes.added(), changes.changed(), changes.removed());
        complete(steps, stage(plan, steps));
        commit(steps);
    }

    /** Finishes or undoes what an interrupted run left behind. */
    void recover() throws IOException, RefusedException {
        if (EnvironmentFolder.stands(list())) {
            commit(read());
        } else {
            discard(folder.journal());
        }
    }

    Path staged(ManifestPath path) throws RefusedException {
        return folder.journal().resolve(path.toString());
    }

    Path stagedInventory() throws RefusedException {
        return folder.journal().resolve(Inventory.FILE);
    }

    private Set<Path> stage(Plan plan, Steps steps) throws IOException, RefusedException {
        files.ensureDirectory(folder.path());
        files.ensureDirectory(folder.journal());
        Set<Path> staged = new LinkedHashSet<>();
        for (List<ManifestPath> paths : List.of(steps.added(), steps.changed())) {
            for (ManifestPath path : paths) {
                Path place = staged(path);
                Path parent = Objects.requireNonNull(place.getParent(), place::toString);
                files.ensureDirectory(parent);
                files.write(
                        place,
                        Objects.requireNonNull(plan.wanted().get(path), path::toString)
                                .bytes());
                staged.add(place);
                staged.add(parent); // a name lost in a power cut would look like a file already placed
            }
        }
        files.write(stagedInventory(), plan.inventory().getBytes(StandardCharsets.UTF_8));
        staged.add(stagedInventory());
        return staged;
    }

    private void complete(Steps steps, Set<Path> staged) throws IOException, RefusedException {
        Path unfinished = folder.journal().resolve("steps.new");
        files.write(unfinished, JSON.writeValueAsBytes(steps));
        staged.add(unfinished);
        for (Path path : staged) { // after all writes: one disk flush serves many files
            files.sync(path);
        }
        files.move(unfinished, list());
        files.sync(folder.journal());
    }

    private void commit(Steps steps) throws IOException, RefusedException {
        new Commit(folder, this, files).carryOut(steps);
        files.delete(list());
        discard(folder.journal());
    }

    private Steps read() throws IOException, RefusedException {
        try {
            return JSON.readValue(Files.readAllBytes(list()), Steps.class);
        } catch (JsonProcessingException e) { // its text speaks of our classes, not of what a person can mend
            throw RefusedException.because(
                    "%s: cannot be read as our journal; remove it, then restore the folder, for example with git"
                            + " checkout",
                    folder.shown(EnvironmentFolder.JOURNAL));
        }
    }

    private void discard(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
                for (Path child : children) {
                    discard(child);
                }
            }
        }
        files.delete(path);
    }

    private Path list() throws RefusedException {
        return folder.journal().resolve("steps.json");
    }
}
