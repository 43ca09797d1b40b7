package io.meshwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshwright.Fixtures;
import io.meshwright.trace.answer.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceCommandTest {
    private static final String CANARY = "http://user-service.user-service/";
    private static final String AZURE = Fixtures.dist().resolve("azure").toString();
    private static final String EGOV = Fixtures.dist().resolve("egov").toString();

    private final Terminal terminal =
            new Terminal(Map.of("MESHWRIGHT_HOME", Fixtures.home().toString()), Terminal::unwanted);

    @TempDir
    Path folder;

    @Test
    void draws_the_way_and_says_how_it_ends() {
        assertThat(terminal.run("trace", "--env", "azure", "--from", "default/sangsang-plus-gateway", "GET", CANARY))
                .isZero();
        assertThat(terminal.out())
                .contains("├─ 90 % ", "└─ 10 % ", "virtualservice.user-service.user-service.yaml:")
                .endsWith("verdict: delivered to 90 % user-service.user-service.svc.cluster.local:80 subset v1,"
                        + " 10 % user-service.user-service.svc.cluster.local:80 subset v2\n");
    }

    @Test
    void prints_json_for_programs() throws IOException {
        assertThat(terminal.run(
                        "trace",
                        "--env",
                        "azure",
                        "--format",
                        "json",
                        "--client-ip",
                        "198.51.100.7",
                        "GET",
                        "https://oauth.buildingbite.com/admin/"))
                .isEqualTo(5);
        JsonNode report = new ObjectMapper().readTree(terminal.out());

        assertThat(report.at("/verdict/status").asInt()).isEqualTo(403);
        assertThat(report.at("/verdict/flag").asText()).isEqualTo("RBAC");
        assertThat(report.at("/hops/1/steps/0/decidedBy/0/line").asInt()).isPositive();
    }

    @Test
    void takes_headers_preflights_tokens_and_another_release() throws IOException {
        Path claims = Files.writeString(folder.resolve("claims.json"), "{\"iss\": \"https://id.example.org\"}");

        assertThat(terminal.run(
                        "trace",
                        AZURE,
                        "--istio",
                        "1.26",
                        "--jwt",
                        claims.toString(),
                        "-H",
                        "Origin: https://app.buildingbite.com",
                        "--preflight",
                        "PUT",
                        "https://oauth.buildingbite.com/"))
                .isZero();
        assertThat(terminal.out())
                .contains("OPTIONS https://oauth.buildingbite.com/", "verdict: answered 200: the preflight allows");
    }

    @Test
    void follows_a_request_through_one_environment_at_a_time() {
        assertThat(terminal.run("trace", Fixtures.dist().toString(), "GET", CANARY))
                .isEqualTo(2);
        assertThat(terminal.err())
                .contains("PATH: \"%s\" holds 3 environments, and a request is followed through one; name %s"
                        .formatted(Fixtures.dist(), AZURE));
    }

    @Test
    void asks_for_manifests_with_the_same_words_as_check() {
        for (String command : new String[] {"check nowhere", "trace nowhere GET http://a/"}) {
            assertThat(terminal.run(command.split(" "))).isEqualTo(2);
        }
        assertThat(terminal.err()
                        .lines()
                        .map(line -> line.replaceAll("^.*PATH: ", "").replaceAll("; \"meshwright.*", "")))
                .hasSize(2)
                .containsOnly(
                        "\"nowhere\" does not exist; name a file or folder of manifests, or - for standard input");
    }

    @Test
    void what_exists_beside_the_manifests_can_be_declared() throws IOException {
        Path externals = Files.writeString(folder.resolve("externals.yaml"), """
            apiVersion: meshwright.io/v1
            kind: Externals
            metadata: {name: argocd}
            spec:
              services:
                - {name: argocd-server, namespace: argocd, ports: [{name: http, port: 80, targetPort: 8080}], pods: {labels: {app: argocd-server}, inject: "true"}}
            """);

        assertThat(terminal.run(
                        "trace",
                        "--env",
                        "homelab",
                        "--externals",
                        externals.toString(),
                        "--client-ip",
                        "192.168.1.20",
                        "GET",
                        "http://argocd.jiminhome.shop/"))
                .isZero();
        assertThat(terminal.out()).contains("verdict: delivered to argocd-server.argocd.svc.cluster.local:80");
    }

    @Test
    void a_table_as_expected_ends_with_zero_and_one_that_is_not_with_four() throws IOException {
        assertThat(terminal.run("trace", "--env", "egov", "--table", "test/resources/trace/egov.yaml"))
                .isZero();
        assertThat(terminal.out()).endsWith(" 0 not\n");

        Path table = Files.writeString(folder.resolve("requests.yaml"), """
            apiVersion: meshwright.io/v1
            kind: RequestTable
            rows:
              - request: {url: http://any/a/b/c/hello}
                expect: {status: 404}
            """);
        assertThat(terminal.run("trace", "--env", "egov", "--table", table.toString()))
                .isEqualTo(4);
        assertThat(terminal.out())
                .contains(
                        "requests.yaml:4:5 ",
                        "status: expected 404, but it is delivered to egov-hello",
                        "1 rows, 0 as expected, 1 not");
    }

    @Test
    void a_request_that_does_not_arrive_ends_with_five_and_one_that_nobody_can_know_does_not() {
        assertThat(terminal.run("trace", "--env", "egov", "GET", "http://any/a/b/c/hello"))
                .isZero();
        assertThat(terminal.run("trace", "--env", "azure", "GET", "https://nobody.example.org/"))
                .isEqualTo(5);
        assertThat(terminal.out()).contains("verdict: no answer");

        Verdict refused = new Verdict.Answered(403, "RBAC", "");
        Verdict redirect = new Verdict.Answered(301, "", "");
        assertThat(refused.fails()).isTrue();
        assertThat(redirect.fails()).isFalse();
        assertThat(Verdict.Unknown.because("creation order").fails()).isFalse();
        assertThat(new Verdict.Split(List.of(new Verdict.Part(0.9, redirect), new Verdict.Part(0.1, refused))).fails())
                .isTrue();
    }

    @Test
    void refuses_what_it_cannot_follow_with_one_line_and_exit_code_two() throws IOException {
        assertThat(terminal.run("trace", "GET", CANARY)).isEqualTo(2);
        assertThat(terminal.run("trace", "--env", "azure")).isEqualTo(2);
        assertThat(terminal.run("trace", "--env", "mars", "GET", CANARY)).isEqualTo(2);
        assertThat(terminal.run("trace", "--env", "azure", "--from", "mars/nobody", "GET", CANARY))
                .isEqualTo(2);
        assertThat(terminal.run("trace", "--env", "azure", "--client-ip", "nowhere", "GET", CANARY))
                .isEqualTo(2);
        Path table = Files.writeString(
                folder.resolve("typo.yaml"),
                "{apiVersion: meshwright.io/v1, kind: RequestTable, rows: [{request: {url: 'http://a/'}, expect:"
                        + " {stauts: 1}}]}");
        assertThat(terminal.run("trace", "--env", "egov", "--table", table.toString()))
                .isEqualTo(2);

        assertThat(terminal.err().lines()).hasSize(6);
        assertThat(terminal.err())
                .contains(
                        "typo.yaml:1:",
                        "there is no key \"stauts\" here",
                        "env: \"mars\" has no folder in dist",
                        "from: \"mars/nobody\"");
    }

    @Test
    void refuses_requests_that_make_no_sense_before_it_reads_manifests() throws IOException {
        Path broken = Files.writeString(folder.resolve("claims.json"), "[1]");

        for (String[] words : new String[][] {
            {"get", CANARY},
            {"GET", "foo"},
            {"GET", "http://a:99999/"},
            {"GET", "http://b\u00fccher.example/"},
            {"GET", "http://.../"},
            {"-H", "nocolon", "GET", CANARY},
            {"-H", "a b: c", "GET", CANARY},
            {"-H", "a: b\nc: d", "GET", CANARY},
            {"--jwt", broken.toString(), "GET", CANARY},
            {"--jwt", folder.toString(), "GET", CANARY},
            {"--jwt", "nowhere.json", "GET", CANARY},
            {"--client-ip", "1.2.3", "GET", CANARY},
            {"--preflight", "GET", CANARY}
        }) {
            String[] line = new String[words.length + 2];
            System.arraycopy(words, 0, line, 2, words.length);
            line[0] = "trace";
            line[1] = "nowhere";
            assertThat(terminal.run(line)).as(String.join(" ", line)).isEqualTo(2);
        }
        assertThat(terminal.err().lines())
                .hasSize(13)
                .allMatch(line -> line.matches("(meshwright: )?(method|url|header|jwt|clientIp|preflight): .*; .*"));
    }

    @Test
    void says_in_one_line_which_part_of_the_question_is_wrong_and_what_to_write() throws IOException {
        String unreadable = folder.resolve("claims.json").toString();

        assertThat(problem("trace", "--env", "azure", "GET"))
                .isEqualTo("url: none is given behind the method \"GET\"; end with METHOD and URL, such as GET"
                        + " https://example.org/");
        assertThat(problem("trace", AZURE, "GET")).startsWith("url: none is given behind the method \"GET\"; ");
        assertThat(problem("trace", "--env", "azure", CANARY))
                .isEqualTo(
                        "method: none is given before \"%s\"; end with METHOD and URL, such as GET https://example.org/"
                                .formatted(CANARY));
        assertThat(problem("trace", AZURE, CANARY)).startsWith("method: none is given before ");
        assertThat(problem("trace", "--env", "azure")).startsWith("trace: no request is given; ");
        assertThat(problem("trace", "--env", "azure", "GTE", CANARY))
                .isEqualTo("method: \"GTE\" is no method of HTTP; "
                        + "write one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, CONNECT, TRACE");
        assertThat(problem("trace", "--env", "azure", "get", CANARY))
                .startsWith("method: \"get\" is no method of HTTP; ");
        assertThat(problem("trace", "--env", "azure", "GET", "example.org/cart"))
                .isEqualTo("url: \"example.org/cart\" does not say how it is called; write http://example.org/cart,"
                        + " https://example.org/cart, or tcp:// or tls:// for bytes");
        assertThat(problem("trace", "--env", "azure", "--jwt", unreadable, "GET", CANARY))
                .isEqualTo("jwt: \"%s\" cannot be read; name a file with the token's claims as JSON"
                        .formatted(unreadable));
        assertThat(problem("trace", "--env", "azure", "--client-ip", "10.0.0.256", "GET", CANARY))
                .startsWith("clientIp: \"10.0.0.256\" ");
        assertThat(problem("trace", "--env", "azure", "--from", "user-service/nobody", "GET", CANARY))
                .startsWith(
                        "from: \"user-service/nobody\" is no workload and no service account of one; write internet or"
                                + " one such as user-service/");
        assertThat(problem("trace", "GET", CANARY)).startsWith("trace: no manifests are named; ");
        assertThat(problem("trace", "--env", "azure", EGOV, "GET", CANARY))
                .isEqualTo(
                        "trace: \"%s\" is named beside --env azure; give either --env NAME or paths".formatted(EGOV));
    }

    /** The one line that a wrong question is answered with. */
    private String problem(String... words) {
        Terminal asked = new Terminal(Map.of("MESHWRIGHT_HOME", Fixtures.home().toString()), Terminal::unwanted);
        assertThat(asked.run(words)).as(String.join(" ", words)).isEqualTo(2);
        assertThat(asked.out()).isEmpty();
        assertThat(asked.err().lines()).hasSize(1);
        return asked.err().strip().replaceFirst("^meshwright: ", "");
    }

    @Test
    void json_has_the_same_keys_for_every_request() throws IOException {
        assertThat(terminal.run("trace", "--env", "egov", "--format", "json", "GET", "http://any/a/b/c/hello"))
                .isZero();

        assertThat(new ObjectMapper().readTree(terminal.out()).fieldNames())
                .toIterable()
                .containsExactly("request", "hops", "route", "verdict");
        assertThat(new ObjectMapper().readTree(terminal.out()).path("request").fieldNames())
                .toIterable()
                .containsExactly("method", "scheme", "host", "port", "target", "from");
    }
}
