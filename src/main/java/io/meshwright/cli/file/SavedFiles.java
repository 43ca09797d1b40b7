package io.meshwright.cli.file;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Waits for files of one folder to be saved, in whichever way an editor does that: in place, or by a rename. */
public final class SavedFiles implements AutoCloseable {
    // An editor saves in several steps, each of which would be a run of its own.
    private static final long QUIET_MILLIS = 20;
    private final WatchService service;
    private final Predicate<Path> which;

    private SavedFiles(WatchService service, Predicate<Path> which) {
        this.service = service;
        this.which = which;
    }

    /**
     * Begins to watch: what is saved from now on is seen.
     *
     * @param which files count, by their names
     * @throws IOException when the folder cannot be watched
     */
    public static SavedFiles in(Path folder, Predicate<Path> which) throws IOException {
        WatchService service = folder.getFileSystem().newWatchService();
        folder.register(
                service,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
        return new SavedFiles(service, which);
    }

    /**
     * Waits until at least one file was saved since the last call, and then until nothing more comes.
     *
     * @return false when the folder is gone, so that nothing can be saved in it any more
     * @throws InterruptedException when whoever waits is to end
     */
    public boolean await() throws InterruptedException {
        try {
            boolean saved = false;
            while (!saved) {
                WatchKey key = service.take();
                do {
                    saved |= counts(key);
                    if (!key.reset()) {
                        return false;
                    }
                    key = service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
                } while (key != null);
            }
            return true;
        } catch (ClosedWatchServiceException e) {
            return false;
        }
    }

    private boolean counts(WatchKey key) {
        boolean saved = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            // Too many events at once come without names.
            saved |= !(event.context() instanceof Path name) || which.test(name);
        }
        return saved;
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
