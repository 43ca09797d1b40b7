package io.meshwright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meshwright.advise.Shop;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Reading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdviseCommandTest {
    @TempDir
    Path home;

    private HttpServer server;
    private Terminal terminal;
    private final List<String> rendered = new ArrayList<>();
    private String faultyWhere = "nowhere";
    private String refusedWhere = "nowhere";

    @BeforeEach
    void has_a_shop() throws IOException {
        write("environments/shop.yaml", Shop.text());
        write("snapshot.json", Shop.resource("snapshot.json"));
        terminal = terminal();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    private Terminal terminal() {
        return new Terminal(Map.of("MESHWRIGHT_HOME", home.toString()), Terminal::unwanted, this::render);
    }

    @AfterEach
    void ends() {
        server.stop(0);
    }

    /** One object that holds the timeouts of the file; where it is to be faulty, a broken object besides. */
    private Optional<SortedMap<String, Reading>> render(Rendering.Asked asked, Console console) {
        String text = asked.texts().values().iterator().next();
        rendered.add(text);
        String timeouts = String.join(
                " ",
                text.lines()
                        .filter(line -> line.contains("timeout:"))
                        .map(String::strip)
                        .toList());
        ManifestReader reader = new ManifestReader()
                .text(
                        "shop/a.yaml",
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: shop}\ndata: {t: '"
                                + timeouts.replace("'", "") + "'}\n");
        if (text.contains(refusedWhere)) {
            return Optional.empty();
        }
        if (text.contains(faultyWhere)) {
            reader.text("shop/b.yaml", """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: b, namespace: shop}
                spec: {hosts: [b], http: [{timeout: none}]}
                """);
        }
        return Optional.of(new TreeMap<>(Map.of("shop", reader.read())));
    }

    @Test
    void shows_proposals_their_plan_and_a_patch_that_git_takes() throws Exception {
        assertThat(terminal.run("advise", path("snapshot.json"), "--patch", path("out.patch")))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.out())
                .contains(
                        "shop: ",
                        "services.orders.resilience.timeout: 30s → 10s",
                        "shop: 0 added, 1 changed, 0 removed");
        assertThat(rendered).hasSize(2);
        assertThat(Files.readString(home.resolve("environments/shop.yaml"))).isEqualTo(Shop.text());

        Path whole = Files.writeString(home.resolve("whole.txt"), terminal.out());
        for (Path patch : List.of(home.resolve("out.patch"), whole)) {
            write("environments/shop.yaml", Shop.text());
            assertThat(run(home, "git", "apply", "--verbose", patch.toString())).isZero();
            assertThat(Files.readString(home.resolve("environments/shop.yaml")))
                    .isEqualTo(rendered.get(1))
                    .contains("      timeout: 10s\n", "tcp: {maxConnections: 40} # the documents' number");
        }
    }

    @Test
    void a_patch_that_cannot_be_rendered_is_not_shown() {
        refusedWhere = "maxConnections: 40";

        assertThat(terminal.run("advise", path("snapshot.json"), "--patch", path("out.patch")))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.out())
                .contains(
                        "services.cart.resilience.connectionPool.tcp.maxConnections: 10 → 40: it cannot be rendered\n")
                .contains("+      timeout: 10s")
                .doesNotContain("+        tcp: {maxConnections: 40}");
    }

    @Test
    void without_a_plan_nothing_is_rendered() {
        assertThat(terminal.run("advise", "--env", "shop", "--no-plan", path("snapshot.json")))
                .isZero();
        assertThat(rendered).isEmpty();
        assertThat(terminal.out()).contains("\n--- a/environments/shop.yaml\n").doesNotContain("risk:");
    }

    @Test
    void a_proposal_whose_manifests_the_checks_refuse_is_left_out() {
        faultyWhere = "timeout: 10s\n      retries";

        assertThat(terminal.run("advise", path("snapshot.json")))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.out())
                .contains("services.orders.resilience.timeout: 30s → 10s: the checks find an error in what it renders")
                .contains("services.search.resilience.timeout: 20s → 5s\n")
                .doesNotContain("+      timeout: 10s");
    }

    @Test
    void the_script_takes_a_snapshot_that_is_read_again() throws Exception {
        assumeThat(run(home, "curl", "--version")).isZero();
        answer(200);

        assertThat(terminal.run("advise", "--env", "shop", "--queries")).isZero();
        Path script = Files.writeString(home.resolve("take.sh"), terminal.out());
        Process process = new ProcessBuilder("sh", script.toString())
                .redirectOutput(home.resolve("taken.json").toFile())
                .redirectError(home.resolve("errors").toFile())
                .start();
        process.getOutputStream().close();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(home.resolve("errors")).content().contains("PROMETHEUS", "give the address of Prometheus");

        ProcessBuilder builder = new ProcessBuilder("sh", script.toString())
                .redirectOutput(home.resolve("taken.json").toFile())
                .redirectError(home.resolve("errors").toFile());
        builder.environment().put("PROMETHEUS", address());
        assertThat(builder.start().waitFor())
                .as(Files.readString(home.resolve("errors")))
                .isZero();

        Terminal other = terminal();
        assertThat(other.run("advise", "--no-plan", path("taken.json")))
                .as(other.err())
                .isZero();
        assertThat(other.out()).contains("services.orders.resilience.timeout: 30s → 10s");
    }

    @Test
    void a_prometheus_is_asked_where_it_is_named() {
        answer(200);

        assertThat(terminal.run("advise", "--env", "shop", "--no-plan", "--prometheus", address() + "/"))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.out()).contains("services.orders.resilience.timeout: 30s → 10s");
    }

    @Test
    void a_prometheus_that_does_not_answer_as_one_is_a_sentence() {
        answer(302);
        assertThat(terminal.run("advise", "--env", "shop", "--prometheus", address()))
                .isEqualTo(2);
        assertThat(terminal.err())
                .isEqualTo("--prometheus: Prometheus answered 302; give the address itself, since no redirect is"
                        + " followed\n");

        String gone = address();
        server.stop(0);
        Terminal other = terminal();
        assertThat(other.run("advise", "--env", "shop", "--prometheus", gone)).isEqualTo(2);
        assertThat(other.err()).startsWith("--prometheus: Prometheus cannot be reached");

        for (String wrong :
                List.of("localhost:9090", "file:///etc/passwd", "http://a:b@c", "http://c?x=1", "http://")) {
            Terminal third = terminal();
            assertThat(third.run("advise", "--env", "shop", "--prometheus", wrong))
                    .as(wrong)
                    .isEqualTo(2);
            assertThat(third.err()).startsWith("--prometheus: \"%s\" is no address of a Prometheus".formatted(wrong));
        }
    }

    @Test
    void a_wrong_command_line_or_file_is_one_sentence_and_code_2() throws IOException {
        write("broken.json", "{\"environment\": \"shop\"");
        write(
                "other.json",
                Shop.resource("snapshot.json").replace("\"environment\":\"shop\"", "\"environment\":\"mall\""));
        Map<List<String>, String> wrong = Map.of(
                List.of(),
                        "advise: nothing says where the numbers come from; give a SNAPSHOT, --queries or --prometheus",
                List.of("--queries"), "advise: no environment is named; name it with --env",
                List.of("--queries", "a.json"), "advise: two things say where the numbers come from",
                List.of("none.json"), "advise: \"none.json\" is no file",
                List.of("broken.json"), "broken.json: is no whole JSON at line 1",
                List.of("other.json"), "--env: \"mall\" has no file in",
                List.of("--env", "shop", "other.json"), "other.json environment: \"mall\" is another cluster's",
                List.of("--env", "shop", "--queries", "--days", "6"), "--days: ",
                List.of("--env", "shop", "--queries", "--days", "15"),
                        "--days: \"15\" and the day before are more than the 15d that metrics are kept");
        wrong.forEach((arguments, sentence) -> {
            Terminal other = terminal();
            String[] words = Stream.concat(
                            Stream.of("advise"),
                            arguments.stream().map(word -> word.endsWith(".json") ? path(word) : word))
                    .toArray(String[]::new);
            assertThat(other.run(words)).as(sentence).isEqualTo(2);
            assertThat(other.err().replace(home + "/", "")).startsWith(sentence).doesNotContain("\tat ");
            assertThat(other.out()).isEmpty();
        });
    }

    /** As Prometheus answers: what the generator drew for the query, at the time that was asked for. */
    private void answer(int status) {
        server.createContext("/api/v1/query", exchange -> {
            Map<String, String> asked = new TreeMap<>();
            for (String pair : exchange.getRequestURI().getRawQuery().split("&")) {
                String[] parts = pair.split("=", 2);
                asked.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
            JsonNode results =
                    new ObjectMapper().readTree(Shop.resource("snapshot.json")).path("results");
            for (JsonNode result : results) {
                if (result.path("query").asText().equals(asked.get("query"))) {
                    String body = result.path("answer").toString().replace("1772323200,", asked.get("time") + ",");
                    send(exchange, status, body);
                    return;
                }
            }
            send(exchange, 400, "{}");
        });
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Location", "http://elsewhere.invalid/");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String address() {
        return "http://%s:%d"
                .formatted(
                        server.getAddress().getAddress().getHostAddress(),
                        server.getAddress().getPort());
    }

    private int run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(1, TimeUnit.MINUTES) ? process.exitValue() : -1;
    }

    private String path(String name) {
        return home.resolve(name).toString();
    }

    private void write(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
