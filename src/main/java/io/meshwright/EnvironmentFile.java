package io.meshwright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An environment file as it stood when the run began: what is rendered and what is remembered is the same text. */
record EnvironmentFile(Path path, byte[] content) {
    static EnvironmentFile read(Path path) throws IOException {
        return new EnvironmentFile(path, Files.readAllBytes(path));
    }
}
