package io.meshwright.output;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** Carries out what a complete journal lists, from wherever an earlier attempt stopped; the inventory comes last. */
final class Commit {
    private final EnvironmentFolder folder;
    private final Journal journal;
    private final FileOperations files;

    Commit(EnvironmentFolder folder, Journal journal, FileOperations files) {
        this.folder = folder;
        this.journal = journal;
        this.files = files;
    }

    void carryOut(Journal.Steps steps) throws IOException, RefusedException {
        Set<Path> touched = new LinkedHashSet<>();
        for (ManifestPath path : steps.added()) {
            if (EnvironmentFolder.stands(journal.staged(path)) && EnvironmentFolder.stands(folder.file(path))) {
                throw Plan.standsInTheWay(folder, path); // someone put it there after the run was planned
            }
            touched.add(place(path));
        }
        for (ManifestPath path : steps.changed()) {
            touched.add(place(path));
        }
        for (ManifestPath path : steps.removed()) {
            touched.add(remove(path));
        }
        for (Path stack : touched) {
            settle(stack);
        }
        moveIfStaged(journal.stagedInventory(), folder.inventory());
        files.sync(folder.path());
    }

    private Path place(ManifestPath path) throws IOException, RefusedException {
        Path stack = folder.stack(path);
        files.ensureDirectory(stack);
        moveIfStaged(journal.staged(path), folder.file(path));
        return stack;
    }

    // What is staged no longer was placed before the interruption.
    private void moveIfStaged(Path staged, Path target) throws IOException {
        if (EnvironmentFolder.stands(staged)) {
            files.move(staged, target);
        }
    }

    private Path remove(ManifestPath path) throws IOException, RefusedException {
        if (EnvironmentFolder.stands(folder.file(path))) {
            files.delete(folder.file(path));
        }
        return folder.stack(path);
    }

    private void settle(Path stack) throws IOException {
        if (!EnvironmentFolder.stands(stack)) {
            return;
        }
        if (isEmpty(stack)) {
            files.delete(stack);
        } else {
            files.sync(stack);
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            return !children.iterator().hasNext();
        }
    }
}
