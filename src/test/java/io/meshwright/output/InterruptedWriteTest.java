package io.meshwright.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops a write after every single step on the disk and lets the next run clear up. */
class InterruptedWriteTest {
    private static final SortedMap<String, List<OutputFile>> BEFORE = Trees.environment(
            "homelab",
            Trees.file("mesh/gateway.a.kept.yaml", "kept\n"),
            Trees.file("mesh/gateway.a.changed.yaml", "old text\n"),
            Trees.file("mesh/gateway.a.removed.yaml", "removed\n"),
            Trees.file("emptied/service.a.last.yaml", "last\n"),
            Trees.file("shared/service.a.ours.yaml", "ours\n"));
    private static final SortedMap<String, List<OutputFile>> AFTER = Trees.environment(
            "homelab",
            Trees.file("mesh/gateway.a.kept.yaml", "kept\n"),
            Trees.file("mesh/gateway.a.changed.yaml", "new text\n"),
            Trees.file("mesh/gateway.a.added.yaml", "added\n"),
            Trees.file("new-stack/service.a.added.yaml", "added\n"));

    @TempDir
    Path temporary;

    private SortedMap<String, String> oldTree;
    private SortedMap<String, String> newTree;

    @BeforeEach
    void knows_both_states() throws IOException {
        oldTree = Trees.of(before("old"));
        Path written = before("new");
        Distribution.at(written, PowerCut.never()).write(AFTER);
        newTree = Trees.of(written);
    }

    @Test
    void leaves_the_old_or_the_new_state_wherever_it_is_killed() throws IOException {
        List<Boolean> finished = new ArrayList<>();
        for (int step = 0; ; step++) {
            Path dist = before("step" + step);
            if (!killed(step, dist)) {
                break;
            }

            Distribution.at(dist, PowerCut.never()).recover();

            assertThat(Trees.of(dist)).as("killed at step %d", step).isIn(oldTree, newTree);
            finished.add(Trees.of(dist).equals(newTree));
        }
        assertThat(finished)
                .hasSizeGreaterThan(25)
                .startsWith(false)
                .endsWith(true)
                .isSorted();
    }

    @Test
    void recovers_from_a_recovery_that_is_killed_too() throws IOException {
        for (int step = 0; ; step++) {
            Path dist = before("twice" + step);
            if (!killed(step, dist)) {
                break;
            }
            for (int recoveryStep = 0; recoveryKilled(recoveryStep, dist); recoveryStep++) {
                assertThat(Trees.of(dist)).containsEntry("homelab/notes.txt", "foreign\n");
            }

            assertThat(Trees.of(dist)).as("killed at step %d", step).isIn(oldTree, newTree);
        }
    }

    @Test
    void leaves_nothing_or_everything_of_an_environment_that_is_new() throws IOException {
        Path whole = temporary.resolve("whole");
        Distribution.at(whole, PowerCut.never()).write(AFTER);
        for (int step = 0; ; step++) {
            Path dist = Files.createDirectory(temporary.resolve("fresh" + step));
            if (!killed(step, dist)) {
                break;
            }

            Distribution.at(dist, PowerCut.never()).recover();

            assertThat(Trees.files(dist)).as("killed at step %d", step).isIn(Map.of(), Trees.files(whole));
        }
    }

    @Test
    void does_not_overwrite_a_foreign_file_that_appeared_after_the_run_was_killed() throws IOException {
        int refused = 0;
        for (int step = 0; ; step++) {
            Path dist = before("appeared" + step);
            if (!killed(step, dist)) {
                break;
            }
            Path appeared = dist.resolve("homelab/new-stack/service.a.added.yaml");
            if (Files.exists(appeared)) {
                break;
            }
            Trees.put(appeared, "foreign\n");

            Outcome outcome = Distribution.at(dist, PowerCut.never()).recover();

            assertThat(appeared).hasContent("foreign\n");
            refused += outcome instanceof Outcome.Refused ? 1 : 0;
        }
        assertThat(refused).isPositive();
    }

    @Test
    void reaches_the_new_state_when_the_killed_run_is_simply_run_again() throws IOException {
        for (int step = 0; ; step++) {
            Path dist = before("again" + step);
            if (!killed(step, dist)) {
                break;
            }

            Outcome outcome = Distribution.at(dist, PowerCut.never()).write(AFTER);

            assertThat(outcome).isInstanceOf(Outcome.Written.class);
            assertThat(Trees.of(dist)).as("killed at step %d", step).isEqualTo(newTree);
        }
    }

    private Path before(String name) throws IOException {
        Path dist = temporary.resolve(name);
        Distribution.at(dist, PowerCut.never()).write(BEFORE);
        Trees.put(dist.resolve("homelab/notes.txt"), "foreign\n");
        Trees.put(dist.resolve("homelab/shared/service.a.foreign.yaml"), "foreign\n");
        Trees.put(dist.resolve("homelab/theirs/x.yaml"), "foreign\n");
        return dist;
    }

    private static boolean killed(int step, Path dist) throws IOException {
        try {
            Distribution.at(dist, new PowerCut(step)).write(AFTER);
            return false;
        } catch (PowerCut.Killed e) {
            return true;
        }
    }

    private static boolean recoveryKilled(int step, Path dist) throws IOException {
        try {
            Distribution.at(dist, new PowerCut(step)).recover();
            return false;
        } catch (PowerCut.Killed e) {
            return true;
        }
    }
}
