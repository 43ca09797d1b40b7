package io.meshwright.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stub is a shell script")
class KustomizeBinaryTest {
    private static final Duration SOON = Duration.ofMillis(400);

    @TempDir
    private Path folder;

    private Path program(String script) throws IOException {
        Path program = folder.resolve("stub");
        Files.writeString(program, "#!/bin/sh\n".concat(script));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }

    private KustomizeBinary bounded(String script, Duration patience) throws IOException {
        return new KustomizeBinary(
                new BoundedProgram("--kustomize", program(script).toString(), Set.of("PATH"), patience, 1000));
    }

    @Test
    void is_started_with_nothing_but_the_folder_and_the_path_of_programs() throws IOException {
        String printed = KustomizeBinary.of(program("echo \"args: $*\"; env | cut -d= -f1 | sort"))
                .build(Path.of("apps"));

        assertThat(printed.lines()).startsWith("args: build apps").contains("PATH");
        assertThat(printed).doesNotContain("HOME", "KUSTOMIZE", "plugin", "helm");
    }

    @Test
    void is_ended_when_it_takes_too_long() throws IOException {
        KustomizeBinary slow = bounded("sleep 60 & sleep 60", SOON);

        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertThatThrownBy(() -> slow.build(folder))
                        .isInstanceOf(InvalidValue.class)
                        .hasMessageContaining("takes longer than"));
    }

    @Test
    void is_ended_when_it_prints_too_much() throws IOException {
        KustomizeBinary loud = bounded("yes", Duration.ofSeconds(30));

        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertThatThrownBy(() -> loud.build(folder))
                        .isInstanceOf(InvalidValue.class)
                        .hasMessageContaining("prints more than"));
    }

    @Test
    void may_complain_at_length_before_it_prints() throws IOException {
        String printed = bounded("head -c 1000000 /dev/zero >&2; echo built", Duration.ofSeconds(30))
                .build(folder);

        assertThat(printed).isEqualTo("built\n");
    }

    @Test
    void its_failure_is_told_in_its_own_words() throws IOException {
        KustomizeBinary failing = KustomizeBinary.of(program("printf 'Error: no \\033base\\nmore\\n' >&2; exit 3"));

        assertThatThrownBy(() -> failing.build(folder))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("ends with code 3")
                .hasMessageContaining("Error: no ?base;")
                .hasMessageNotContaining("more");
    }

    @Test
    void a_word_that_is_no_program_is_refused() {
        assertThatThrownBy(() -> KustomizeBinary.of(Path.of("kustomize-that-is-not-there")))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("--kustomize: \"kustomize-that-is-not-there\" is no program; give the path of one that"
                        + " can be run");
    }
}
