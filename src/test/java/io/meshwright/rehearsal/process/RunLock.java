package io.meshwright.rehearsal.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One rehearsal at a time on a machine: a second one is refused, since both would listen on the same ports. */
public final class RunLock implements AutoCloseable {
    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock, which the system gives back when this JVM ends, however it ends.
     *
     * @throws Taken if another rehearsal holds it, with the process that does
     */
    public static RunLock take(Path home) throws IOException {
        Files.createDirectories(home);
        Path file = home.resolve("run.lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this very JVM: told like any other holder.
        }
        if (lock == null) {
            String holder = Files.readString(file).strip();
            channel.close();
            throw new Taken("%s: another rehearsal runs (process %s); wait until it has ended".formatted(file, holder));
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
        return new RunLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Another rehearsal runs. */
    public static final class Taken extends IllegalStateException {
        private Taken(String message) {
            super(message);
        }
    }
}
