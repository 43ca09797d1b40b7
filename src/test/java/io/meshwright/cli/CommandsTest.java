package io.meshwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandsTest {
    @TempDir
    Path home;

    private Terminal terminal;

    @BeforeEach
    void has_one_environment() throws IOException {
        Files.createDirectory(home.resolve("environments"));
        Files.createFile(home.resolve("environments/homelab.yaml"));
        terminal = new Terminal(Map.of("MESHWRIGHT_HOME", home.toString()), Terminal::unwanted);
    }

    @Test
    void says_the_version_that_the_build_gave() {
        assertThat(terminal.run("--version")).isZero();
        assertThat(terminal.out()).matches("meshwright \\d+\\.\\d+\\.\\d+\\R");
    }

    @Test
    void lists_its_commands_when_asked_for_help() {
        assertThat(terminal.run("--help")).isZero();
        assertThat(terminal.out()).contains("synth", "schema");
    }

    @Test
    void answers_a_missing_command_with_one_line_and_exit_code_two() {
        assertThat(terminal.run()).isEqualTo(2);
        assertThat(terminal.err())
                .isEqualTo("meshwright: no command given; \"meshwright --help\" says what it takes\n");
    }

    @Test
    void answers_an_unknown_option_with_one_line_and_exit_code_two() {
        assertThat(terminal.run("synth", "--everything")).isEqualTo(2);
        assertThat(terminal.err())
                .isEqualTo("meshwright synth: unknown option: '--everything'; \"meshwright synth --help\" says what it"
                        + " takes\n");
    }

    @Test
    void suggests_the_command_that_a_misspelt_one_is_near_to() {
        assertThat(terminal.run("synht")).isEqualTo(2);
        assertThat(terminal.err()).contains("synth");
    }

    @Test
    void tells_an_unexpected_failure_in_one_line_without_a_trace() {
        assertThat(terminal.run("synth")).isEqualTo(1);
        assertThat(terminal.err())
                .isEqualTo(
                        "IllegalStateException: synth; this should not happen, run it again with --debug to see where"
                                + " it does\n");
    }

    @Test
    void shows_where_an_unexpected_failure_happened_to_who_asks() {
        assertThat(terminal.run("synth", "--debug")).isEqualTo(1);
        assertThat(terminal.err()).contains("at io.meshwright.cli.Terminal.unwanted");
    }

    @Test
    void prints_colours_on_a_terminal_that_shows_them_unless_asked_not_to() {
        System.setProperty("picocli.ansi", "true"); // stands for the terminal
        try {
            assertThat(terminal.run("check", "nowhere.yaml")).isEqualTo(2);
            assertThat(terminal.err()).contains("\u001b[31m");
            int before = terminal.err().length();

            assertThat(terminal.run("check", "nowhere.yaml", "--no-color")).isEqualTo(2);
            assertThat(terminal.err().substring(before))
                    .contains("nowhere.yaml")
                    .doesNotContain("\u001b");
        } finally {
            System.clearProperty("picocli.ansi");
        }
    }

    @Test
    void says_how_to_get_node_when_there_is_none() {
        terminal = new Terminal(Map.of("MESHWRIGHT_HOME", home.toString()), (request, console) -> {
            throw new UncheckedIOException(
                    new IOException("Cannot run program \"node\": error=2, No such file or directory"));
        });

        assertThat(terminal.run("synth")).isEqualTo(2);
        assertThat(terminal.err())
                .isEqualTo("node: not found on the path; install Node 20 or newer (nodejs.org) and run this again\n");
    }

    @ParameterizedTest
    @MethodSource
    void says_what_the_machine_refuses(Exception failure, String told) {
        terminal = new Terminal(Map.of("MESHWRIGHT_HOME", home.toString()), (request, console) -> {
            if (failure instanceof IOException refusal) {
                throw refusal;
            }
            throw (RuntimeException) failure;
        });

        assertThat(terminal.run("synth")).isEqualTo(1);
        assertThat(terminal.err()).isEqualTo("%s\n".formatted(told));
    }

    static Stream<Arguments> says_what_the_machine_refuses() {
        return Stream.of(
                Arguments.of(
                        new IOException("No space left on device"),
                        "disk: no space is left on the disk; make room and run it again"),
                Arguments.of(
                        new FileSystemException("dist/a", null, "No space left on device"),
                        "dist/a: no space is left on the disk; make room and run it again"),
                Arguments.of(
                        new IllegalStateException("ENOSPC: no space left on device, write\n    at fs.js:1"),
                        "disk: no space is left on the disk; make room and run it again"),
                Arguments.of(
                        new UncheckedIOException(new FileSystemException("dist/a", null, "Read-only file system")),
                        "dist/a: the file system is read-only; name a folder on another one"),
                Arguments.of(
                        new AccessDeniedException("dist/a"),
                        "dist/a: this user may not read or write it; ask for the right, or name another place"),
                Arguments.of(
                        new FileAlreadyExistsException("dist"),
                        "dist: is a file where a folder is needed; move it away, or name another folder"),
                Arguments.of(
                        new IOException("Input/output error"),
                        "Input/output error; a file or connection failed, run it again"));
    }

    @Test
    void writes_the_schema_beside_the_environments_and_only_when_it_differs() {
        assertThat(terminal.run("schema")).isZero();
        assertThat(home.resolve("environments/schema.json")).hasContent("{}\n");

        assertThat(terminal.run("schema")).isZero();
        assertThat(terminal.out()).isEqualTo("%s: written\n".formatted(home.resolve("environments/schema.json")));
    }

    @Test
    void prints_the_schema_when_asked_to() {
        assertThat(terminal.run("schema", "--print")).isZero();
        assertThat(terminal.out()).isEqualTo("{}\n");
        assertThat(home.resolve("environments/schema.json")).doesNotExist();
    }
}
