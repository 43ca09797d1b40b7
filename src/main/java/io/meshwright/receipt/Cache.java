package io.meshwright.receipt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/**
 * A folder in the place where this user's programs keep what they can do without: {@code $XDG_CACHE_HOME}, else
 * ~/.cache. Losing it costs time and nothing else, so what cannot be read or written is as good as none.
 */
public final class Cache {
    private final Optional<Path> folder;

    private Cache(Optional<Path> folder) {
        this.folder = folder;
    }

    /** The folder of that name, for a user with these variables. */
    public static Cache of(Map<String, String> variables, String name) {
        String given = variables.getOrDefault("XDG_CACHE_HOME", "");
        String home = variables.getOrDefault("HOME", "");
        if (given.isEmpty() && home.isEmpty()) {
            return new Cache(Optional.empty());
        }
        Path cache = given.isEmpty() ? Path.of(home, ".cache") : Path.of(given);
        return new Cache(Optional.of(cache.resolve("meshwright").resolve(name)));
    }

    /** True if there is a place for it. */
    public boolean isKept() {
        return folder.isPresent();
    }

    /** Returns what was kept under a name. */
    public Optional<byte[]> read(String name) {
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(folder.get().resolve(name)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Keeps it in the place of what was there; whoever reads meanwhile reads the one or the other. */
    public void keep(String name, byte[] content) {
        if (folder.isEmpty()) {
            return;
        }
        Path place = folder.get().resolve(name);
        try {
            Files.createDirectories(folder.get());
            Path begun = Files.createTempFile(folder.get(), "begun", "");
            try {
                Files.write(begun, content);
                Files.move(begun, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(begun);
            }
        } catch (IOException e) {
            // a home that cannot be written to costs the next run its time
        }
    }
}
