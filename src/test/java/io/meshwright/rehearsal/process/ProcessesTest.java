package io.meshwright.rehearsal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that a rehearsal starts outlives it, however it ends. */
class ProcessesTest {
    // A server that started another program, and one that does not listen when it is asked to end.
    private static final String FAMILY = "sleep 600 & echo $$ $!; wait";
    private static final String STUBBORN = "trap '' TERM; sleep 600 & echo $$ $!; while :; do wait; done";

    @Test
    void programs_end_when_the_jvm_is_killed(@TempDir Path folder) throws Exception {
        Process jvm = Elsewhere.run(Starter.class, folder.toString());
        List<Long> family = pids(folder.resolve("family.log"));
        List<Long> stubborn = pids(folder.resolve("stubborn.log"));
        assertThat(running(family)).isEqualTo(family);

        jvm.destroyForcibly().waitFor(30, TimeUnit.SECONDS);

        Patience.of(60)
                .await(
                        "all to be gone",
                        () -> running(family).isEmpty() && running(stubborn).isEmpty());
    }

    @Test
    void programs_end_when_the_rehearsal_is_closed(@TempDir Path folder) throws Exception {
        try (Processes processes = new Processes(folder, Map.of())) {
            processes.start("family", "bash", "-c", FAMILY);
            assertThat(running(pids(folder.resolve("family.log")))).hasSize(2);
        }

        // What was killed stays in the process table until its new parent has looked.
        List<Long> family = pids(folder.resolve("family.log"));
        Patience.of(30).await("all to be gone", () -> running(family).isEmpty());
    }

    @Test
    void a_program_that_ends_by_itself_is_seen_to_have_ended(@TempDir Path folder) throws Exception {
        try (Processes processes = new Processes(folder, Map.of())) {
            Processes.Kept program = processes.start("short", "bash", "-c", "echo no such flag; exit 2");
            Patience.of(60).await("it to end", () -> !program.alive());

            assertThat(program.lastLines()).contains("no such flag");
        }
    }

    @Test
    void a_command_that_fails_is_told_with_its_output(@TempDir Path folder) {
        Processes processes = new Processes(folder, Map.of("WHO", "nobody"));

        assertThatThrownBy(() -> processes.run(folder, "bash", "-c", "echo $WHO is here; exit 3"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("nobody is here");
    }

    private static List<Long> pids(Path log) throws Exception {
        Patience.of(60)
                .await(
                        "%s to tell its processes".formatted(log),
                        () -> Files.readString(log).endsWith("\n"));
        return Stream.of(Files.readString(log).strip().split(" "))
                .map(Long::valueOf)
                .toList();
    }

    private static List<Long> running(List<Long> pids) {
        return pids.stream()
                .filter(pid ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent())
                .toList();
    }

    /** Starts both and waits to be killed. */
    static final class Starter {
        public static void main(String[] arguments) throws Exception {
            Processes processes = new Processes(Path.of(arguments[0]), Map.of());
            processes.start("family", "bash", "-c", FAMILY);
            processes.start("stubborn", "bash", "-c", STUBBORN);
            Thread.sleep(600_000);
        }
    }
}
