package io.meshwright.mcp.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Lets one reading have files below the roots, up to a number and a size that no mesh has. */
final class Admission implements Predicate<Path> {
    private static final long MOST_BYTES = 256L << 20;
    private static final long MOST_FILES = 100_000;

    private final Roots roots;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong files = new AtomicLong();

    Admission(Roots roots) {
        this.roots = roots;
    }

    @Override
    public boolean test(Path real) {
        if (!roots.holds(real)) {
            return false;
        }
        if (Files.isDirectory(real)) {
            return true;
        }
        try {
            // A pipe would be waited for.
            return Files.isRegularFile(real)
                    && files.incrementAndGet() <= MOST_FILES
                    && bytes.addAndGet(Files.size(real)) <= MOST_BYTES;
        } catch (IOException gone) {
            return false;
        }
    }
}
