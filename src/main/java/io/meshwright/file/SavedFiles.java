package io.meshwright.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Waits for files of one folder, and of the folders below it, to be saved, in whichever way an editor does that: in
 * place, or by a rename.
 */
public final class SavedFiles implements AutoCloseable {
    // An editor saves in several steps, each of which would be a run of its own.
    private static final long QUIET_MILLIS = 20;
    private static final int DEPTH = 8;
    private final Path folder;
    private final WatchService service;
    private final Predicate<Path> which;

    private SavedFiles(Path folder, WatchService service, Predicate<Path> which) {
        this.folder = folder;
        this.service = service;
        this.which = which;
    }

    /**
     * Begins to watch: what is saved from now on is seen.
     *
     * @param which files of the folder itself count, by their names; of those below any that nobody hides
     * @throws IOException when the folder cannot be watched
     */
    public static SavedFiles in(Path folder, Predicate<Path> which) throws IOException {
        SavedFiles saved = new SavedFiles(folder, folder.getFileSystem().newWatchService(), which);
        saved.register();
        return saved;
    }

    /** Every folder, once more: one that is watched already stays so. */
    private void register() throws IOException {
        try (Stream<Path> all = Files.walk(folder, DEPTH)) {
            for (Path each : all.filter(Files::isDirectory).sorted().toList()) {
                each.register(
                        service,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
            }
        } catch (UncheckedIOException e) {
            // a folder that goes while it is looked for has nothing to be saved in
        }
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
                    if (!key.reset() && folder.equals(key.watchable())) {
                        return false;
                    }
                    key = service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
                } while (key != null);
            }
            register();
            return true;
        } catch (IOException | ClosedWatchServiceException e) {
            return false;
        }
    }

    private boolean counts(WatchKey key) {
        boolean saved = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            // Too many events at once come without names.
            saved |= !(event.context() instanceof Path name) || counts(key, name);
        }
        return saved;
    }

    private boolean counts(WatchKey key, Path name) {
        return folder.equals(key.watchable())
                ? which.test(name)
                : !name.toString().startsWith(".") && !name.toString().endsWith("~");
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
