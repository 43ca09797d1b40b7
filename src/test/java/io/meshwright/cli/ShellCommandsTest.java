package io.meshwright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellCommandsTest {
    @TempDir
    Path home;

    private Terminal terminal;

    @BeforeEach
    void has_a_terminal() {
        terminal = terminal();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void prints_a_script_that_its_shell_takes(String shell) throws Exception {
        assertThat(terminal.run("completion", shell)).isZero();
        assertThat(terminal.out()).contains("synth", "dry-run", "explain", "promote");

        String program = shell.equals("zsh") ? "bash" : shell;
        assumeThat(Path.of("/usr/bin", program)).as("%s is installed", program).exists();
        Path script = Files.writeString(home.resolve("script"), terminal.out());
        Process process = new ProcessBuilder(program, "-n", script.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(new String(process.getInputStream().readAllBytes())).isEmpty();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void bash_completes_commands_and_options() throws Exception {
        assertThat(terminal.run("completion", "bash")).isZero();
        Path script = Files.writeString(home.resolve("script"), terminal.out() + """

                        COMP_WORDS=(meshwright synth --dr); COMP_CWORD=2
                        _complete_meshwright; echo "${COMPREPLY[@]}"
                        COMP_WORDS=(meshwright exp); COMP_CWORD=1
                        _complete_meshwright; echo "${COMPREPLY[@]}"
                        """);
        Process process = new ProcessBuilder("bash", script.toString()).start();
        String printed = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(printed.lines().map(String::strip)).containsExactly("--dry-run", "explain");
    }

    @Test
    void refuses_a_shell_that_it_does_not_know() {
        assertThat(terminal.run("completion", "tcsh")).isEqualTo(2);
        assertThat(terminal.err()).startsWith("meshwright completion: invalid value for positional parameter");
    }

    @Test
    void help_of_a_command_is_what_the_command_says_of_itself() {
        Terminal other = terminal();

        assertThat(terminal.run("help", "synth")).isZero();
        assertThat(other.run("synth", "--help")).isZero();
        assertThat(terminal.out()).isEqualTo(other.out()).contains("--dry-run");
        assertThat(terminal.run("help", "sinth")).isEqualTo(2);
    }

    @Test
    void writes_a_manual_page_for_each_command() throws IOException {
        Path pages = home.resolve("man1");
        assertThat(terminal.run("man", "--output", pages.toString())).isZero();

        assertThat(Files.readString(pages.resolve("meshwright-synth.1")))
                .startsWith(".TH \"MESHWRIGHT-SYNTH\" 1\n.SH NAME\nmeshwright\\-synth \\- Render every environment")
                .contains(".SH OPTIONS", "\\fB\\-\\-dry\\-run\\fR", ".SH EXIT STATUS", "\\fB3\\fR");
        for (String name : List.of("meshwright", "meshwright-explain", "meshwright-init", "meshwright-plan")) {
            assertThat(Files.readString(pages.resolve(name.concat(".1"))).lines())
                    .noneMatch(line -> line.contains("${"))
                    .filteredOn(line -> line.startsWith("."))
                    .isNotEmpty()
                    .allMatch(line -> line.matches("\\.(TH|SH|TP).*"));
        }
    }

    @Test
    void says_nothing_of_what_was_done_to_who_wants_quiet() {
        assertThat(terminal.run(
                        "keys", "--quiet", "--docs", home.resolve("docs").toString()))
                .isZero();
        assertThat(terminal.out()).isEmpty();
        assertThat(home.resolve("docs/reference/services.md")).exists();

        assertThat(terminal.run("explain", "-q", "gateway")).isZero();
        assertThat(terminal.out()).contains("The first entry to the mesh");
    }

    @Test
    void the_readme_and_the_manual_say_the_same_of_exit_codes() throws IOException {
        String readme = Files.readString(Path.of("../README.md")).replace("`", "");
        for (ExitCode code : ExitCode.values()) {
            assertThat(readme).contains("| %d | %s |".formatted(code.number(), code.meaning()));
        }
    }

    private Terminal terminal() {
        return new Terminal(Map.of("MESHWRIGHT_HOME", home.toString()), Terminal::unwanted);
    }
}
