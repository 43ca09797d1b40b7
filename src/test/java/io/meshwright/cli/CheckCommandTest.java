package io.meshwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import io.meshwright.check.Catalogue;
import io.meshwright.check.Rule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandTest {
    private static final String NAMESPACE = "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}\n";
    private static final String BROKEN = """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: web, namespace: shop}
      spec: {hosts: [web.example.com], gateways: [gone], http: [{directResponse: {status: 200}}]}
      ---
      """.concat(NAMESPACE);
    private static final String TWICE =
            NAMESPACE.concat("---\n{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: web}}}\n");

    @TempDir
    Path home;

    private Terminal terminal;

    @BeforeEach
    void has_a_terminal() {
        terminal = new Terminal(Map.of("MESHWRIGHT_HOME", home.toString()), Terminal::unwanted);
    }

    private String file(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text).toString();
    }

    @Test
    void ends_with_zero_when_nothing_is_wrong() throws IOException {
        assertThat(terminal.run("check", file("good.yaml", NAMESPACE))).isZero();
        assertThat(terminal.out()).isEqualTo("0 errors, 0 warnings, 0 notes\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "sarif", "junit", "markdown"})
    void ends_with_four_when_an_error_is_found_in_whatever_format(String format) throws IOException {
        assertThat(terminal.run("check", "--format", format, file("bad.yaml", BROKEN)))
                .isEqualTo(4);
        assertThat(terminal.out()).contains("MESH121");
    }

    @Test
    void says_the_same_of_a_folder_below_the_working_directory_however_it_is_named() {
        Path folder = Path.of("test/resources/mesh");
        Terminal other = new Terminal(Map.of("MESHWRIGHT_HOME", home.toString()), Terminal::unwanted);

        assertThat(terminal.run("check", "--format", "sarif", folder.toString()))
                .isEqualTo(4);
        assertThat(other.run(
                        "check", "--format", "sarif", folder.toAbsolutePath().toString()))
                .isEqualTo(4);
        assertThat(terminal.out()).contains(folder.toString()).isEqualTo(other.out());
    }

    @Test
    void takes_warnings_for_errors_only_when_strict() throws IOException {
        String file = file("twice.yaml", TWICE);

        assertThat(terminal.run("check", file)).isZero();
        assertThat(terminal.run("check", "--strict", file)).isEqualTo(4);
    }

    @Test
    void checks_each_environment_of_dist_for_itself() throws IOException {
        file("dist/a/inventory.json", "{}");
        file("dist/a/shop/one.yaml", NAMESPACE);
        file("dist/b/inventory.json", "{}");
        file("dist/b/shop/one.yaml", NAMESPACE);

        assertThat(terminal.run("check", "--strict")).isZero();
        assertThat(terminal.run("check", "--strict", home.resolve("dist").toString()))
                .isZero();
    }

    @Test
    void still_checks_the_other_files_when_one_is_broken() throws IOException {
        file("all/a.yaml", "a: [");
        file("all/b.yaml", BROKEN);

        assertThat(terminal.run("check", home.resolve("all").toString())).isEqualTo(4);
        assertThat(terminal.out()).contains("MESH102", "MESH121");
    }

    @Test
    void heeds_externals_and_suppressions_from_files() throws IOException {
        String bad = file("bad.yaml", BROKEN);
        String externals = file(
                "e.yaml",
                "{apiVersion: meshwright.io/v1, kind: Externals, metadata: {name: e}, spec: {gateways: [shop/gone]}}");
        String suppressions = file("s.yaml", """
        apiVersion: meshwright.io/v1
        kind: Suppressions
        metadata: {name: s}
        spec: {suppressions: [{code: MESH121, object: VirtualService shop/web, reason: known}]}
        """);

        assertThat(terminal.run("check", "--strict", "--externals", externals, bad))
                .isZero();
        assertThat(terminal.run("check", "--strict", "--suppressions", suppressions, bad))
                .isZero();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stub is a shell script")
    void lets_a_named_kustomize_build_the_folders_that_are_named() throws IOException {
        String stub = file("stub", "#!/bin/sh\necho '%s'\n".formatted(BROKEN.strip()));
        Files.setPosixFilePermissions(Path.of(stub), PosixFilePermissions.fromString("rwxr-xr-x"));
        file("app/kustomization.yaml", "resources: [https://example.org/base]");
        String app = home.resolve("app").toString();

        assertThat(terminal.run("check", "--kustomize", stub, app)).isEqualTo(4);
        assertThat(terminal.out()).contains("MESH121", "<kustomize build ");
        assertThat(terminal.run("check", app)).isZero();
        assertThat(terminal.run("check", "--kustomize", stub, file("one.yaml", NAMESPACE)))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("no path is a folder with a kustomization.yaml");
        assertThat(terminal.run("plan", "--kustomize", stub, app, app)).isEqualTo(2);
    }

    @Test
    void lets_helm_render_the_charts_of_applications() throws IOException {
        String stub = file("helm", """
                #!/bin/sh
                echo "{apiVersion: v1, kind: Service, metadata: {name: mysql}, spec: {ports: [{name: db, port: 3307}]}}"
                """);
        Files.setPosixFilePermissions(Path.of(stub), PosixFilePermissions.fromString("rwxr-xr-x"));
        String application = file("database.yaml", """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: database, namespace: argocd}
                spec:
                  project: default
                  source: {repoURL: https://charts.example.org, chart: mysql, targetRevision: 9.1.0}
                  destination: {namespace: store}
                """);

        assertThat(terminal.run("check", "--helm", stub, application)).isEqualTo(4);
        assertThat(terminal.out()).contains("<helm template database>", "MESH263", "Service store/mysql");
        assertThat(terminal.run("check", application)).isZero();
        assertThat(terminal.run("check", "--helm", "gone", application)).isEqualTo(2);
        assertThat(terminal.err()).contains("--helm: \"gone\" is no program");
        assertThat(terminal.run("plan", "--rendered", application, application)).isEqualTo(2);
    }

    @Test
    void no_template_of_others_pipelines_starts_a_program() throws IOException {
        try (Stream<Path> templates = Files.list(Path.of("../templates"))) {
            assertThat(Stream.concat(
                            templates, Stream.of(Path.of("../action.yml"), Path.of("../.pre-commit-hooks.yaml"))))
                    .isNotEmpty()
                    .allSatisfy(
                            file -> assertThat(file).content().doesNotContain("--kustomize", "--rendered", "--helm"));
        }
    }

    @ParameterizedTest
    @CsvSource({"2027-06-30, 0", "2027-07-01, 4"})
    void finds_an_exception_from_the_day_after_its_last(String today, int exit) {
        assertThat(terminal.run(
                        "check",
                        "--today",
                        today,
                        Fixtures.dist().resolve("azure").toString()))
                .isEqualTo(exit);
        assertThat(terminal.out().contains("MESH200")).isEqualTo(exit == 4);
    }

    /** Each case: its name, the arguments without the format, and how the program ends. */
    enum Case {
        CLEAN(0, "good.yaml"),
        WARNINGS(0, "twice.yaml"),
        STRICT(4, "--strict", "twice.yaml"),
        STRICT_AND_CLEAN(0, "--strict", "good.yaml"),
        ERRORS(4, "bad.yaml"),
        BROKEN(4, "broken.yaml"),
        EMPTY(0, "empty.yaml"),
        UNREADABLE(2, "gone.yaml"),
        USAGE(2, "--istio", "latest", "good.yaml"),
        UNKNOWN_OPTION(2, "--nothing", "good.yaml"),
        NO_EXTERNALS(2, "--externals", "gone.yaml", "good.yaml");

        private final int exit;
        private final List<String> arguments;

        Case(int exit, String... arguments) {
            this.exit = exit;
            this.arguments = List.of(arguments);
        }
    }

    static Stream<Arguments> formats_and_cases() {
        return Stream.of("text", "json", "sarif", "junit", "markdown")
                .flatMap(format -> Arrays.stream(Case.values()).map(each -> Arguments.of(format, each)));
    }

    @ParameterizedTest
    @MethodSource("formats_and_cases")
    void ends_alike_in_every_format(String format, Case each) throws IOException {
        file("good.yaml", NAMESPACE);
        file("twice.yaml", TWICE);
        file("bad.yaml", BROKEN);
        file("broken.yaml", "a: [");
        file("empty.yaml", "");
        List<String> arguments = new ArrayList<>(List.of("check", "--format", format));
        each.arguments.forEach(argument -> arguments.add(
                argument.endsWith(".yaml") ? home.resolve(argument).toString() : argument));

        assertThat(terminal.run(arguments.toArray(String[]::new))).isEqualTo(each.exit);
        assertThat(terminal.out().isEmpty()).isEqualTo(each.exit == 2);
        assertThat(terminal.err().isEmpty()).isEqualTo(each.exit != 2);
    }

    @Test
    void finds_the_same_whatever_the_order_of_paths_and_on_standard_input() throws IOException {
        String one = file("one.yaml", BROKEN);
        String two = file("two.yaml", TWICE);
        terminal.run("check", "--format", "json", one, two);
        Terminal turned = new Terminal(Map.of("MESHWRIGHT_HOME", home.toString()), Terminal::unwanted);
        turned.run("check", "--format", "json", two, one);

        assertThat(turned.out()).isEqualTo(terminal.out());
        assertThat(onStandardInput(BROKEN).replace("<stdin>", one)).isEqualTo(of(one));
    }

    private String of(String file) {
        Terminal fresh = new Terminal(Map.of("MESHWRIGHT_HOME", home.toString()), Terminal::unwanted);
        fresh.run("check", "--format", "json", file);
        return fresh.out();
    }

    private String onStandardInput(String text) {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            return of("-");
        } finally {
            System.setIn(before);
        }
    }

    static List<Rule> rules() {
        return Catalogue.rules();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void explains_each_code_by_its_page(Rule rule) throws IOException {
        assertThat(terminal.run("check", "--explain", rule.code())).isZero();
        assertThat(Files.readString(Path.of("../docs/checks.md")))
                .contains("\n%s\n".formatted(terminal.out().strip()));
    }

    @ParameterizedTest
    @CsvSource({"MESH12l, read MESH121", "IST0101, read MESH121", "nonsense, docs/checks.md lists them"})
    void names_what_is_near_a_code_that_is_none(String code, String near) {
        assertThat(terminal.run("check", "--explain", code)).isEqualTo(2);
        assertThat(terminal.err())
                .contains("\"%s\" is no code of a check; %s".formatted(code, near))
                .hasLineCount(1);
    }

    @Test
    void explains_a_code() {
        assertThat(terminal.run("check", "--explain", "mesh121")).isZero();
        assertThat(terminal.out()).startsWith("## MESH121\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--explain=MESH099",
                "--istio=latest",
                "--today=tomorrow",
                "--format=pdf",
                "--externals=gone.yaml",
                "no/such/folder"
            })
    void ends_with_two_when_asked_for_nonsense(String argument) {
        assertThat(terminal.run("check", argument)).isEqualTo(2);
        assertThat(terminal.err()).hasLineCount(1).startsWith("meshwright check: ");
    }
}
