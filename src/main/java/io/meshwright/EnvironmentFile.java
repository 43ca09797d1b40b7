package io.meshwright;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An environment file as it stood when the run began: what is rendered and what is remembered is the same text. */
final class EnvironmentFile {
    private final Path path;
    private final byte[] content;

    private EnvironmentFile(Path path, byte[] content) {
        this.path = path;
        this.content = content;
    }

    static EnvironmentFile read(Path path) throws IOException {
        return new EnvironmentFile(path, Files.readAllBytes(path));
    }

    Path path() {
        return path;
    }

    byte[] content() {
        return content;
    }

    /** The environment that it describes, or what is wrong with it. */
    Reading<Environment> reading() {
        return EnvironmentReader.read(path.toString(), content);
    }
}
