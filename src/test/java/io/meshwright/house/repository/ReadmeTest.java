package io.meshwright.house.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.meshwright.Fixtures;
import io.meshwright.cli.Commands;
import io.meshwright.cli.ExitCode;
import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Reading;
import io.meshwright.manifest.ManifestReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.cdk8s.Testing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Each example of the README is run: what a reader copies works. */
class ReadmeTest {
    @Test
    void the_java_example_compiles_and_renders(@TempDir Path classes) throws Exception {
        compile("Guestbook", block("java"), classes);
        try (URLClassLoader loader =
                new URLClassLoader(new java.net.URL[] {classes.toUri().toURL()})) {
            Object chart =
                    loader.loadClass("Guestbook").getConstructor(App.class).newInstance(new App());

            assertThat(Testing.synth((Chart) chart).toString())
                    .contains(
                            "VirtualService",
                            "AuthorizationPolicy",
                            "NetworkPolicy",
                            "Deployment",
                            "guestbook.example.org");
        }
    }

    @Test
    void the_yaml_example_is_a_service_of_the_homelab() throws IOException {
        String services = block("yaml").replaceFirst("services:\n", "");
        String file = Fixtures.file("homelab");
        String extended =
                file.replaceFirst("(?m)^services:\n", Matcher.quoteReplacement("services:\n" + services + "\n"));

        assertThat(EnvironmentReader.read("homelab.yaml", extended.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Reading.Accepted.class);
    }

    @Test
    void the_error_that_is_shown_is_the_error_that_is_told() throws IOException {
        Matcher shown = Pattern.compile("(?m)^environments/(homelab\\.yaml:\\d+:\\d+) (gateway\\.address: .*)$")
                .matcher(readme());
        assertThat(shown.find()).isTrue();
        String file = Fixtures.file("homelab").replace("  address: 192.168.1.200\n", "  address: 192.168.1.9\n");

        Reading<Environment> reading = EnvironmentReader.read("homelab.yaml", file.getBytes(StandardCharsets.UTF_8));

        assertThat(((Reading.Refused<Environment>) reading).problems())
                .hasToString("[%s %s]".formatted(shown.group(1), shown.group(2)));
    }

    @Test
    void each_check_and_trace_that_is_shown_runs() throws IOException {
        List<String> commands = readme().lines()
                .filter(line -> line.matches("\\./meshwright (check|trace).*"))
                .toList();
        assertThat(commands).hasSizeGreaterThan(3);
        for (String command : commands) {
            StringWriter printed = new StringWriter();
            CommandLine line = Commands.line(
                    Map.of("MESHWRIGHT_HOME", Fixtures.home().toString()),
                    (request, console) -> ExitCode.CRASH,
                    () -> "",
                    (files, console) -> Optional.empty(),
                    (files, console) -> Optional.empty());
            line.setOut(new PrintWriter(printed)).setErr(new PrintWriter(printed));
            String[] words =
                    command.replace(" dist/", " %s/".formatted(Fixtures.dist())).split(" ");

            assertThat(line.execute(Arrays.copyOfRange(words, 1, words.length)))
                    .as("%s\n%s", command, printed)
                    .isZero();
        }
    }

    @Test
    void each_command_about_environments_that_is_shown_runs(@TempDir Path home) throws IOException {
        List<String> commands = readme().lines()
                .filter(line ->
                        line.matches("\\./meshwright (init|list|explain|docs|keys|schema|help|completion|man)\\b.*"))
                .toList();
        assertThat(commands).hasSizeGreaterThan(9);
        Files.createDirectory(home.resolve("environments"));
        for (String name : Fixtures.names()) {
            Files.writeString(home.resolve("environments/%s.yaml".formatted(name)), Fixtures.file(name));
        }
        for (String command : commands) {
            StringWriter printed = new StringWriter();
            String[] words = Arrays.stream(command.split(" "))
                    .skip(1)
                    .map(word -> word.replace("'", "").replace("~", home.toString()))
                    .toArray(String[]::new);
            CommandLine line = Commands.line(
                    Map.of("MESHWRIGHT_HOME", home.toString()),
                    (request, console) -> ExitCode.CRASH,
                    () -> "{}",
                    (files, console) -> Optional.of(new TreeMap<>()),
                    (files, console) -> Optional.empty(),
                    words);
            line.setOut(new PrintWriter(printed)).setErr(new PrintWriter(printed));

            assertThat(line.execute(words)).as("%s\n%s", command, printed).isZero();
        }
    }

    @Test
    void each_plan_that_is_shown_runs() throws IOException {
        assumeThat(Repository.ROOT.resolve(".git")).exists();
        List<String> commands = readme().lines()
                .filter(line -> line.matches("\\./meshwright plan.*"))
                .map(line -> line.replaceFirst("#.*", "").strip())
                .toList();
        assertThat(commands).hasSizeGreaterThan(1);
        SortedMap<String, io.meshwright.manifest.Reading> rendered = new TreeMap<>();
        for (String environment : List.of("azure", "egov", "homelab")) {
            rendered.put(
                    environment,
                    new ManifestReader()
                            .path(Fixtures.dist().resolve(environment).resolve("namespaces"))
                            .read());
        }
        for (String command : commands) {
            StringWriter printed = new StringWriter();
            CommandLine line = Commands.line(
                    Map.of("MESHWRIGHT_HOME", Repository.ROOT.toString()),
                    (request, console) -> ExitCode.CRASH,
                    () -> "",
                    (files, console) -> Optional.empty(),
                    (files, console) -> Optional.of(rendered));
            line.setOut(new PrintWriter(printed)).setErr(new PrintWriter(printed));
            String[] words = command.split(" ");

            assertThat(line.execute(Arrays.copyOfRange(words, 1, words.length)))
                    .as("%s\n%s", command, printed)
                    .isIn(ExitCode.CLEAN.number(), ExitCode.RISK.number());
        }
    }

    @Test
    void every_file_that_is_named_exists() throws IOException {
        Matcher named =
                Pattern.compile("dist/(homelab|azure|egov)/[a-z0-9./-]+\\.yaml").matcher(readme());
        assertThat(named.results().map(MatchResult::group))
                .hasSizeGreaterThan(2)
                .allSatisfy(file -> assertThat(Fixtures.home().resolve(file)).exists());
        assertThat(Repository.ROOT.resolve("meshwright")).isExecutable();
    }

    private static void compile(String name, String code, Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter output = new StringWriter();
        var source =
                new SimpleJavaFileObject(
                        URI.create("string:///%s.java".formatted(name)), SimpleJavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return code;
                    }
                };
        boolean compiled = compiler.getTask(
                        output,
                        null,
                        null,
                        List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none"),
                        null,
                        List.of(source))
                .call();
        assertThat(compiled).as(output.toString()).isTrue();
    }

    private static String block(String language) throws IOException {
        Matcher block =
                Pattern.compile("(?s)```%s\n(.*?)```".formatted(language)).matcher(readme());
        assertThat(block.find()).as("a block of %s in README.md", language).isTrue();
        return block.group(1);
    }

    private static String readme() throws IOException {
        return Files.readString(Repository.ROOT.resolve("README.md"));
    }
}
