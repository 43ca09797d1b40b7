package io.meshwright.heal;

import io.meshwright.value.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The files of TLS of a process, which reads them at its start and is to begin anew with others. */
final class TlsFiles {
    private static final Duration LOOKED_AGAIN = Duration.ofSeconds(5);

    private final List<Path> files;
    private String known;

    TlsFiles(List<Path> files) {
        this.files = List.copyOf(files);
        this.known = "";
        this.known = now();
    }

    /** Returns when one of them is not as it was; without files never. */
    void awaitChange() throws InterruptedException {
        String begun = known;
        do {
            Thread.sleep(LOOKED_AGAIN.toMillis());
            known = now();
        } while (known.equals(begun));
    }

    /** A file that is not there for a moment, while the kubelet replaces it, is as it was. */
    private String now() {
        Sha256 bytes = new Sha256();
        try {
            for (Path file : files) {
                bytes.add(Files.readAllBytes(file));
            }
            return bytes.hex();
        } catch (IOException missing) {
            return known;
        }
    }
}
