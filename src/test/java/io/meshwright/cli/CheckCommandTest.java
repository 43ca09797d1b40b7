package io.meshwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @TempDir Path home;
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
    assertThat(terminal.run("check", "--format", format, file("bad.yaml", BROKEN))).isEqualTo(4);
    assertThat(terminal.out()).contains("MESH121");
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
    assertThat(terminal.run("check", "--strict", home.resolve("dist").toString())).isZero();
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
    String externals = file("e.yaml",
        "{apiVersion: meshwright.io/v1, kind: Externals, metadata: {name: e}, spec: {gateways: [shop/gone]}}");
    String suppressions = file("s.yaml", """
        apiVersion: meshwright.io/v1
        kind: Suppressions
        metadata: {name: s}
        spec: {suppressions: [{code: MESH121, object: VirtualService shop/web, reason: known}]}
        """);

    assertThat(terminal.run("check", "--strict", "--externals", externals, bad)).isZero();
    assertThat(terminal.run("check", "--strict", "--suppressions", suppressions, bad)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"2027-06-30, 0", "2027-07-01, 4"})
  void finds_an_exception_from_the_day_after_its_last(String today, int exit) {
    assertThat(terminal.run("check", "--today", today, Path.of("../dist/azure").toString())).isEqualTo(exit);
    assertThat(terminal.out().contains("MESH200")).isEqualTo(exit == 4);
  }

  @Test
  void explains_a_code() {
    assertThat(terminal.run("check", "--explain", "mesh121")).isZero();
    assertThat(terminal.out()).startsWith("## MESH121\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--explain=MESH099", "--istio=latest", "--today=tomorrow", "--format=pdf", "--externals=gone.yaml",
      "no/such/folder"})
  void ends_with_two_when_asked_for_nonsense(String argument) {
    assertThat(terminal.run("check", argument)).isEqualTo(2);
    assertThat(terminal.err()).hasLineCount(1).startsWith("meshwright check: ");
  }
}
