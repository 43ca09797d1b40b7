package io.meshwright.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.jackson2.DefaultJsonSchemaValidator;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class McpCommandTest {
    @TempDir
    Path folder;

    /** The program as an assistant starts it; whatever it would start in its turn is a trap. */
    @Test
    void serves_the_sdk_over_standard_input_and_output_and_neither_writes_nor_starts_anything() throws Exception {
        Shop shop = Shop.in(Files.createDirectories(folder.resolve("home")));
        commit(shop.home());
        Path trap = trap();
        List<String> before = files();

        try (McpSyncClient client = client(shop.home(), trap)) {
            client.initialize();
            McpSchema.CallToolResult why =
                    client.callTool(new McpSchema.CallToolRequest("incident", Map.of("text", Shop.LINE)));
            McpSchema.CallToolResult plan =
                    client.callTool(new McpSchema.CallToolRequest("plan", Map.of("base", "HEAD~1")));

            assertThat(text(why)).contains("404, NR, route_not_found");
            assertThat(text(plan)).contains("lab: 0 added, 1 changed", "VirtualService shop/web");
        }
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void other_commands_load_nothing_of_it_and_so_start_no_slower() throws Exception {
        Path log = folder.resolve("loaded");
        Process explain = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xlog:class+load:file=%s".formatted(log),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.meshwright.Main",
                        "check",
                        "--explain",
                        "MESH177")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("told").toFile())
                .start();

        assertThat(explain.waitFor()).isZero();
        assertThat(Files.readString(log))
                .contains("io.meshwright.cli.CheckCommand")
                .doesNotContain("io.modelcontextprotocol.", "reactor.core.", "io.meshwright.mcp.");
    }

    private McpSyncClient client(Path home, Path trap) {
        var json = new JacksonMcpJsonMapper(new ObjectMapper());
        ServerParameters program = ServerParameters.builder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .args(
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.meshwright.Main",
                        "mcp")
                .env(Map.of(
                        "MESHWRIGHT_HOME", home.toString(),
                        "PATH", trap.toString(),
                        "HOME", folder.resolve("empty").toString()))
                .build();
        return McpClient.sync(new StdioClientTransport(program, json))
                .requestTimeout(Duration.ofSeconds(120))
                .initializationTimeout(Duration.ofSeconds(120))
                .jsonSchemaValidator(new DefaultJsonSchemaValidator())
                .build();
    }

    /** Programs that leave a file when somebody starts them. */
    private Path trap() throws IOException {
        Path trap = Files.createDirectories(folder.resolve("trap"));
        Files.createDirectories(folder.resolve("empty"));
        for (String name : List.of("git", "sh", "node", "bash")) {
            Path program = trap.resolve(name);
            Files.writeString(program, "#!/bin/sh\n: > '%s/%s-was-started'\n".formatted(folder, name));
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return trap;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile) // JGit tries the clock of a file system by a file that it removes
                    // again
                    .map(path -> "%s %d".formatted(path, path.toFile().lastModified()))
                    .sorted()
                    .toList();
        }
    }

    private static void commit(Path home) throws IOException, GitAPIException {
        Path file = home.resolve("dist/lab/shop/web.yaml");
        String manifests = Files.readString(file);
        try (Git git = Git.init().setDirectory(home.toFile()).call()) {
            for (String text : List.of(manifests.replace("nobody.shop", "web.shop"), manifests)) {
                Files.writeString(file, text);
                git.add().addFilepattern(".").call();
                git.commit()
                        .setSign(false)
                        .setAuthor("Kim", "kim@example.org")
                        .setCommitter("Kim", "kim@example.org")
                        .setMessage("Send requests elsewhere")
                        .call();
            }
        }
    }

    private static String text(McpSchema.CallToolResult result) {
        return ((McpSchema.TextContent) result.content().get(0)).text();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mcp --port 8080                              | --port: is of --http, which is not given
            mcp --token-file x                           | --token-file: is of --http, which is not given
            mcp --http --port 70000                      | --port: 70000 is no port
            mcp --http --token-file nothing              | --token-file: "nothing" is no file of a token
            mcp --root nothing                           | --root: "nothing" is no folder
            """)
    void refuses_wrong_options_with_a_sentence(String words, String told) {
        StringWriter err = new StringWriter();
        CommandLine line =
                new CommandLine(new McpCommand(folder, "0.1.0", file -> UnaryOperator.identity(), waiting -> {}));

        int code = line.setErr(new PrintWriter(err))
                .execute(words.substring("mcp".length()).strip().split(" "));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains(told);
    }
}
