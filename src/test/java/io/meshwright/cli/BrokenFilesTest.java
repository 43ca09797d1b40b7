package io.meshwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in a file, wherever it is given: one line says what is wrong, and the rest is done all the same. */
class BrokenFilesTest {
    private static final String ROUTE = """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: web, namespace: shop}
      spec: {hosts: [web.example.com], gateways: [gone], http: [{directResponse: {status: 200}}]}
      ---
      {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
      """;

    /** What is read although it looks odd. */
    private static final List<String> READ = List.of(
            "byte order mark",
            "carriage returns",
            "UTF-16",
            "unknown kind",
            "empty",
            "only comments",
            "only marks",
            "null",
            "alias",
            "foreign");

    @TempDir
    Path home;

    private static Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("byte order mark", utf8("\uFEFF".concat(ROUTE)));
        files.put("carriage returns", utf8(ROUTE.replace("\n", "\r\n")));
        files.put("UTF-16", "\uFEFF".concat(ROUTE).getBytes(StandardCharsets.UTF_16LE));
        files.put("unknown kind", utf8("{apiVersion: example.com/v1, kind: Nothing, metadata: {name: x}}"));
        files.put("empty", new byte[0]);
        files.put("only comments", utf8("# nothing\n# at all\n"));
        files.put("only marks", utf8("---\n---\n...\n---\n"));
        files.put("null", utf8("null\n---\n~\n"));
        files.put("alias", utf8("{apiVersion: v1, kind: ConfigMap, metadata: {name: x}, data: {a: &a b, c: *a}}"));
        files.put("foreign", utf8("replicas: 3\n"));
        files.put("truncated", utf8(ROUTE.substring(0, 150)));
        files.put("tab", utf8("kind: Pod\n\tmetadata: x\n"));
        files.put("latin-1", "name: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        files.put("NUL", utf8("a: \u0000b"));
        files.put("binary", bytes());
        files.put("deep", utf8("[".repeat(100_000)));
        files.put(
                "deep block",
                utf8(IntStream.range(0, 400)
                        .mapToObj(depth -> " ".repeat(depth).concat("a:\n"))
                        .collect(Collectors.joining())));
        files.put("cycle", utf8("&a {b: *a}"));
        files.put("billion laughs", utf8(laughs()));
        files.put("no anchor", utf8("a: *nobody"));
        files.put("incomplete", utf8("kind: Service\nmetadata: {name: x}\n"));
        files.put("kind of another type", utf8("{apiVersion: v1, kind: [Service], metadata: {name: x}}"));
        files.put("huge text", utf8("a: \"".concat("x".repeat(2 << 20)).concat("\"")));
        files.put("bad escape", utf8("a: \"\\U0011FFFF\""));
        return files;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Random(7).ints(4096, 0, 256).forEach(bytes::write);
        return bytes.toByteArray();
    }

    private static String laughs() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 12; level++) {
            text.append("a%d: &a%d [%s]\n"
                    .formatted(level, level, "*a%d, ".formatted(level - 1).repeat(10)));
        }
        return text.toString();
    }

    static Stream<String> names() {
        return files().keySet().stream();
    }

    private String write(String name, byte[] content) throws IOException {
        return Files.write(home.resolve(name), content).toString();
    }

    private Terminal run(int[] exit, String... arguments) {
        Terminal terminal = new Terminal(Map.of("MESHWRIGHT_HOME", home.toString()), Terminal::unwanted);
        exit[0] = terminal.run(arguments);
        assertThat(terminal.out().concat(terminal.err())).doesNotContain("\tat ", "Exception", "java.");
        return terminal;
    }

    @ParameterizedTest
    @MethodSource("names")
    void check_tells_the_place_and_goes_on_with_the_other_files(String name) throws IOException {
        Path folder = Files.createDirectory(home.resolve("all"));
        Files.write(folder.resolve("odd.yaml"), files().get(name));
        Files.writeString(folder.resolve("route.yaml"), ROUTE);
        int[] exit = new int[1];
        Terminal terminal = run(exit, "check", "--format", "json", folder.toString());

        assertThat(exit[0]).isEqualTo(4);
        assertThat(terminal.out()).contains("MESH121");
        if (!READ.contains(name)) {
            assertThat(terminal.out())
                    .containsPattern("\"code\" : \"MESH10[1-5]\"")
                    .contains("odd.yaml");
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void every_option_that_takes_a_file_bears_it(String name) throws IOException {
        String odd = write("odd.yaml", files().get(name));
        String route = write("route.yaml", utf8(ROUTE));
        int[] exit = new int[1];
        for (String option : List.of("--externals", "--suppressions")) {
            run(exit, "check", option, odd, route);
            assertThat(exit[0]).as(option).isIn(2, 4);
        }
        run(exit, "trace", odd, "GET", "https://web.example.com/");
        assertThat(exit[0]).as("manifests").isIn(0, 2, 4);
        for (String option : List.of("--jwt", "--externals")) {
            run(exit, "trace", option, odd, route, "GET", "https://web.example.com/");
            assertThat(exit[0]).as(option).isIn(0, 2, 4);
        }
        Terminal table = run(exit, "trace", "--table", odd, route);
        assertThat(exit[0]).as("--table").isEqualTo(2);
        assertThat(table.err()).contains("odd.yaml");
    }

    @Test
    void what_is_no_file_is_told_and_passed_by() throws Exception {
        Path folder = Files.createDirectory(home.resolve("all"));
        Files.writeString(folder.resolve("route.yaml"), ROUTE);
        Files.createSymbolicLink(folder.resolve("dangling.yaml"), home.resolve("nowhere"));
        Files.createSymbolicLink(folder.resolve("loop"), folder);
        Files.createSymbolicLink(folder.resolve("device.yaml"), Path.of("/dev/zero"));
        Files.createDirectory(folder.resolve("folder.yaml"));
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe.yaml").toString())
                        .start()
                        .waitFor())
                .isZero();
        int[] exit = new int[1];
        Terminal terminal = run(exit, "check", folder.toString());

        assertThat(exit[0]).isEqualTo(4);
        assertThat(terminal.out())
                .contains("MESH121", "dangling.yaml", "loop", "device.yaml", "pipe.yaml")
                .doesNotContain("folder.yaml");
    }

    @Test
    void a_file_that_may_not_be_opened_is_told_and_the_rest_is_checked() throws IOException {
        String route = write("route.yaml", utf8(ROUTE));
        int[] exit = new int[1];
        Terminal terminal = run(exit, "check", route, "/proc/self/mem");

        assertThat(exit[0]).isEqualTo(4);
        assertThat(terminal.out()).contains("MESH121", "MESH101", "/proc/self/mem");
    }
}
