package io.meshwright.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Keeps two runs from writing to one dist; the system frees it when a run is killed. */
final class DistLock implements AutoCloseable {
    static final String FILE = ".meshwright.lock";
    private final Path file;
    private final FileChannel channel;

    private DistLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static DistLock of(Path dist) throws IOException, RefusedException {
        Path file = dist.resolve(FILE);
        FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        try {
            if (channel.tryLock() != null && isStill(file, channel)) {
                return new DistLock(file, channel);
            }
        } catch (OverlappingFileLockException e) { // held by this very process; the answer is the same
        }
        channel.close();
        throw RefusedException.because("%s: another run is writing there; wait for it to end and run again", dist);
    }

    /** Removes the file before it frees the lock: nothing of ours but manifests stays in dist. */
    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(file);
        }
    }

    // The last holder may have removed the file between our opening and locking it: then the lock is on no file at all.
    private static boolean isStill(Path file, FileChannel channel) throws IOException {
        byte[] mark = "%d %d"
                .formatted(ProcessHandle.current().pid(), System.nanoTime())
                .getBytes(StandardCharsets.US_ASCII);
        channel.truncate(0).write(ByteBuffer.wrap(mark), 0);
        try {
            return Arrays.equals(Files.readAllBytes(file), mark);
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
