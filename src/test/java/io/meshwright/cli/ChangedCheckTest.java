package io.meshwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check --changed} says what {@code check} says, whatever has become of the summary. */
class ChangedCheckTest {
    @TempDir
    Path home;

    private Path manifests;
    private Path cache;

    @BeforeEach
    void has_checked_three_files() throws IOException {
        manifests = Files.createDirectory(home.resolve("manifests"));
        cache = home.resolve("cache");
        write("namespace.yaml", "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}\n");
        write("service.yaml", """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {selector: {app: web}, ports: [{name: http, port: 123456}]}
        """);
        write("route.yaml", """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: web, namespace: shop}
        spec: {hosts: [web.example.com], gateways: [gone], http: [{directResponse: {status: 200}}]}
        """);
        run(cache, "--changed");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(manifests.resolve(name), text);
    }

    private String run(Path cache, String... options) {
        Terminal terminal = new Terminal(
                Map.of("MESHWRIGHT_HOME", home.toString(), "XDG_CACHE_HOME", cache.toString()), Terminal::unwanted);
        String[] line = Stream.of(Stream.of("check"), Arrays.stream(options), Stream.of(manifests.toString()))
                .flatMap(each -> each)
                .toArray(String[]::new);
        int code = terminal.run(line);
        return "%d\n%s%s".formatted(code, terminal.out(), terminal.err());
    }

    private Path summary() throws IOException {
        try (Stream<Path> files = Files.list(cache.resolve("meshwright/summaries"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    @Test
    void says_what_a_whole_run_says_in_every_format_and_after_an_edit() throws IOException {
        String before = run(cache, "--changed");
        write("namespace.yaml", "{apiVersion: v1, kind: Namespace, metadata: {name: shop}, data: {}}\n");

        assertThat(run(cache, "--changed"))
                .isEqualTo(run(cache))
                .isNotEqualTo(before)
                .contains("MESH113", "MESH121", "123456");
        for (String format : List.of("json", "sarif", "junit", "markdown")) {
            assertThat(run(cache, "--changed", "--format", format)).isEqualTo(run(cache, "--format", format));
        }
    }

    @Test
    void keeps_one_summary_for_one_list_of_paths_and_none_without_the_option() throws IOException {
        byte[] before = Files.readAllBytes(summary());
        write("more.yaml", "{apiVersion: v1, kind: Namespace, metadata: {name: more}}\n");
        run(cache);

        assertThat(Files.readAllBytes(summary())).isEqualTo(before);
    }

    @Test
    void is_silent_about_a_summary_that_is_none() throws IOException {
        String whole = run(cache);
        byte[] kept = Files.readAllBytes(summary());
        for (byte[] other : List.of(new byte[0], Arrays.copyOf(kept, kept.length / 2), "foreign".getBytes(), kept)) {
            Files.write(summary(), other);

            assertThat(run(cache, "--changed")).isEqualTo(whole);
        }
    }

    @Test
    void does_without_a_cache_that_cannot_be_written() throws IOException {
        Path file = Files.createFile(home.resolve("file"));

        assertThat(run(file, "--changed")).isEqualTo(run(cache));
        assertThat(run(Path.of(""), "--changed")).isEqualTo(run(cache));
    }

    @Test
    void several_runs_at_once_say_the_same() {
        String whole = run(cache);
        List<CompletableFuture<String>> runs = IntStream.range(0, 6)
                .mapToObj(run -> CompletableFuture.supplyAsync(() -> run(cache, "--changed")))
                .toList();

        assertThat(runs).allSatisfy(run -> assertThat(run.join()).isEqualTo(whole));
    }
}
