package io.meshwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WatchCommandTest {
    @TempDir
    Path home;

    /** The text of the file in each run, as it comes. */
    private final BlockingQueue<String> runs = new LinkedBlockingQueue<>();

    private final AtomicInteger rests = new AtomicInteger();
    private final AtomicInteger code = new AtomicInteger(-1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private volatile boolean slow;
    private Path file;
    private Terminal terminal;
    private Thread watching;

    @BeforeEach
    void watches_one_environment() throws Exception {
        file = Files.createDirectory(home.resolve("environments")).resolve("homelab.yaml");
        Files.writeString(file, "first");
        terminal = new Terminal(Map.of("MESHWRIGHT_HOME", home.toString()), new Synthesis() {
            @Override
            public ExitCode run(Request request, Console console) throws IOException {
                String text = Files.readString(request.environments().get(0));
                runs.add(text);
                if (slow) {
                    await(mayGoOn);
                }
                return text.equals("wrong") ? ExitCode.USAGE : ExitCode.CLEAN;
            }

            @Override
            public void rest() {
                rests.incrementAndGet();
            }
        });
        watching = new Thread(() -> code.set(terminal.run("watch")));
        watching.start();
        assertThat(next()).isEqualTo("first");
        rested(1);
    }

    @AfterEach
    void ends() throws Exception {
        watching.interrupt();
        watching.join();
    }

    @Test
    void renders_again_when_a_file_is_saved_in_place() throws Exception {
        Files.writeString(file, "second");

        assertThat(next()).isEqualTo("second");
        rested(2);
        assertThat(terminal.out()).contains("watching %s; Ctrl-C ends it".formatted(file.getParent()));
    }

    @Test
    void renders_again_when_a_file_below_is_saved_also_in_a_new_folder() throws Exception {
        Path files = Files.createDirectory(file.resolveSibling("files"));
        Files.writeString(file, "second");
        assertThat(next()).isEqualTo("second");
        rested(2);

        Files.writeString(files.resolve("nginx.conf"), "workers 4");

        assertThat(next()).isEqualTo("second");
    }

    @Test
    void renders_again_when_an_editor_puts_a_new_file_in_the_place_of_the_old() throws Exception {
        Path draft = Files.writeString(file.resolveSibling("homelab.yaml~"), "second");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);

        assertThat(next()).isEqualTo("second");
    }

    @Test
    void goes_on_after_a_file_with_mistakes() throws Exception {
        Files.writeString(file, "wrong");
        assertThat(next()).isEqualTo("wrong");
        rested(2);
        Files.writeString(file, "mended");

        assertThat(next()).isEqualTo("mended");
    }

    @Test
    void joins_what_is_saved_during_a_run() throws Exception {
        slow = true;
        Files.writeString(file, "second");
        assertThat(next()).isEqualTo("second");
        for (int save = 0; save < 5; save++) {
            Files.writeString(file, "save " + save);
        }
        slow = false;
        mayGoOn.countDown();

        assertThat(next()).isEqualTo("save 4");
        assertThat(runs.poll(500, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void passes_over_files_of_other_kinds() throws Exception {
        Files.writeString(file.resolveSibling("schema.json"), "{}");
        Files.writeString(file.resolveSibling(".homelab.yaml.swp"), "");

        assertThat(runs.poll(500, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void ends_when_the_folder_is_gone() throws Exception {
        Files.move(file.getParent(), home.resolve("elsewhere"));
        Files.delete(home.resolve("elsewhere/homelab.yaml"));
        Files.delete(home.resolve("elsewhere"));
        watching.join();

        assertThat(code).hasValue(2);
        assertThat(terminal.err()).contains("environments: is gone");
    }

    @Test
    void ends_well_when_it_is_stopped() throws Exception {
        watching.interrupt();
        watching.join();

        assertThat(code).hasValue(0);
    }

    @Test
    void refuses_a_folder_that_is_not_there() {
        assertThat(terminal.run("watch", "--environments", home.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(terminal.err())
                .isEqualTo("--environments: \"%s\" is no folder; name the one that holds the environment files\n"
                        .formatted(home.resolve("none")));
    }

    private String next() throws InterruptedException {
        return runs.poll(20, TimeUnit.SECONDS);
    }

    // A save that comes before the last run is over would be joined with it.
    private void rested(int times) throws InterruptedException {
        while (rests.get() < times) {
            Thread.sleep(5);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
