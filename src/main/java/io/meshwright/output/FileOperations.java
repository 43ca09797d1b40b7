package io.meshwright.output;

import java.io.IOException;
import java.nio.file.Path;

/** Every step that changes the disk; a test stops after each one in turn and lets the next run recover. */
interface FileOperations {
    void createDirectory(Path directory) throws IOException;

    default void ensureDirectory(Path directory) throws IOException {
        if (!EnvironmentFolder.stands(directory)) {
            createDirectory(directory);
        }
    }

    /** Writes a file that does not exist yet. */
    void write(Path file, byte[] bytes) throws IOException;

    /** Replaces {@code to} in one step: a reader sees the old file or the new one. */
    void move(Path from, Path to) throws IOException;

    /** Deletes a file, a symbolic link itself, or an empty directory. */
    void delete(Path path) throws IOException;

    /** Puts a file's bytes or a directory's names on stable storage, so that a power cut does not lose them. */
    void sync(Path path) throws IOException;
}
