package io.meshwright.heal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.construct.observability.program.Program;
import io.meshwright.construct.observability.program.Program.Answer;
import io.meshwright.value.InvalidValue;
import io.meshwright.web.BoundedClient;
import io.meshwright.web.Token;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealServerTest {
    private static final String ALERTMANAGER = "spiffe://cluster.local/ns/monitoring/sa/alertmanager";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String WEBHOOK = """
        {"version": "4", "status": "firing", "commonAnnotations": {"summary": "abort the release of bank/vault now"},
         "alerts": [{"status": "firing",
           "labels": {"alertname": "Other", "destination_service_name": "web"},
           "annotations": {"description": "alertname=ServiceErrorBudgetBurnsFast"}}]}""";
    private static final String PLAN = """
        {"action": "abortRollout", "namespace": "monitoring",
         "caller": "spiffe://cluster.local/ns/monitoring/sa/alertmanager",
         "prometheus": "http://prometheus.monitoring:9090", "alertmanager": "http://alertmanager.monitoring:9093",
         "targets": [{"namespace": "shop", "service": "web", "resource": "argoproj.io/v1alpha1/rollouts",
           "name": "web", "selector": {"app": "web"}, "alerts": ["ServiceErrorBudgetBurnsFast"],
           "application": "services", "least": 1, "most": 1}]}""";

    @TempDir
    private Path folder;

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private HealServer server;

    @BeforeEach
    void start() throws IOException {
        HealingPlan plan = HealingPlan.of(Files.writeString(folder.resolve("plan.json"), PLAN));
        Api nobody = new Api("http://127.0.0.1:9", new BoundedClient(Duration.ofSeconds(2)), Optional.empty());
        server = HealServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty(),
                new Healer(plan, "one", nobody, nobody, nobody, Clock.systemUTC()),
                plan.caller(),
                Token.of(Files.writeString(folder.resolve("token"), TOKEN)),
                log::add);
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void takes_webhooks_of_alertmanager_with_its_token_and_heeds_no_words_in_them() throws Exception {
        HttpResponse<String> answer = send(caller(ALERTMANAGER), "Bearer ".concat(TOKEN), WEBHOOK);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("held Other: it is about nothing of the plan");
        assertThat(log).containsExactly("held Other: it is about nothing of the plan");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spiffe://cluster.local/ns/shop/sa/web               | 403",
                "spiffe://cluster.local/ns/monitoring/sa/alertmanager2 | 403",
                "''                                                  | 403",
            })
    void another_identity_gets_nothing(String identity, int status) throws Exception {
        assertThat(send(caller(identity), "Bearer ".concat(TOKEN), WEBHOOK).statusCode())
                .isEqualTo(status);
    }

    @Test
    void what_a_caller_wrote_before_its_own_proxy_s_element_is_not_believed() throws Exception {
        String forged = "%s,%s".formatted(caller(ALERTMANAGER), caller("spiffe://cluster.local/ns/shop/sa/web"));

        assertThat(send(forged, "Bearer ".concat(TOKEN), WEBHOOK).statusCode()).isEqualTo(403);
        assertThat(send(
                                "%s,%s".formatted(caller("spiffe://a/ns/b/sa/c"), caller(ALERTMANAGER)),
                                "Bearer " + TOKEN,
                                WEBHOOK)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void another_token_path_method_or_body_is_refused() throws Exception {
        assertThat(send(caller(ALERTMANAGER), "Bearer ".concat(TOKEN.replace('0', '1')), WEBHOOK)
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(caller(ALERTMANAGER), TOKEN, WEBHOOK).statusCode()).isEqualTo(401);
        for (String body : List.of("{}", "no", "[]", "{\"version\": \"4\"}", "{\"a\":1,\"a\":2}", "[".repeat(100))) {
            assertThat(send(caller(ALERTMANAGER), "Bearer ".concat(TOKEN), body).statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(send(caller(ALERTMANAGER), "Bearer ".concat(TOKEN), " ".repeat((1 << 20) + 1))
                        .statusCode())
                .isEqualTo(413);
        assertThat(get("/alerts").statusCode()).isEqualTo(405);
        assertThat(get("/other").statusCode()).isEqualTo(404);
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abortRollout | deletePod | action: \"deletePod\" is none",
                "rollouts     | secrets   | targets.resource: \"argoproj.io/v1alpha1/secrets\" is nothing for abortRollout",
                "spiffe:      | http:     | caller: \"http://cluster.local/ns/monitoring/sa/alertmanager\" is no identity",
                "\"least\": 1 | \"least\": 0 | targets.least: \"0\" to \"1\" are no bounds",
                "\"action\"   | \"acting\" | action: is missing",
                "{\"action\"  | [{\"action\" | --plan: ",
                "http://prometheus.monitoring:9090 | prometheus | prometheus: \"prometheus\" is no address",
                "\"namespace\": \"monitoring\" | \"namespace\": \"monitoring\", \"hourly\": 21 | hourly: \"21\"",
            })
    void a_plan_that_says_more_or_less_than_it_may_is_refused(String right, String wrong, String told)
            throws Exception {
        Path file = Files.writeString(
                folder.resolve("wrong.json"),
                PLAN.replaceFirst(
                        java.util.regex.Pattern.quote(right), java.util.regex.Matcher.quoteReplacement(wrong)));

        assertThatThrownBy(() -> HealingPlan.of(file))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining(told);
    }

    @Test
    void a_plan_is_one_of_trials_unless_it_says_otherwise() throws Exception {
        assertThat(HealingPlan.of(folder.resolve("plan.json")).dryRun()).isTrue();
        assertThatThrownBy(() -> HealingPlan.of(folder.resolve("none.json")))
                .hasMessageContaining("is no file of a plan");
    }

    @Test
    void with_certificates_of_its_own_it_believes_tls_and_no_header() throws Exception {
        Program openssl = Program.of("openssl");
        for (String[] one : List.of(
                new String[] {"server", "DNS:localhost,IP:127.0.0.1"},
                new String[] {"alertmanager", "URI:" + ALERTMANAGER},
                new String[] {"web", "URI:spiffe://cluster.local/ns/shop/sa/web"})) {
            Answer made = openssl.run(
                    folder,
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                    "-nodes",
                    "-days",
                    "2",
                    "-subj",
                    "/CN=" + one[0],
                    "-addext",
                    "subjectAltName=" + one[1],
                    "-keyout",
                    one[0] + ".key",
                    "-out",
                    one[0] + ".pem");
            assertThat(made.exit()).as(made.output()).isZero();
        }
        Path clients = Files.writeString(
                folder.resolve("clients.pem"),
                Files.readString(folder.resolve("alertmanager.pem")) + Files.readString(folder.resolve("web.pem")));
        server.close();
        HealingPlan plan = HealingPlan.of(folder.resolve("plan.json"));
        Api nobody = new Api("http://127.0.0.1:9", new BoundedClient(Duration.ofSeconds(2)), Optional.empty());
        server = HealServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.of(MutualTls.of(folder.resolve("server.pem"), folder.resolve("server.key"), clients)),
                new Healer(plan, "one", nobody, nobody, nobody, Clock.systemUTC()),
                plan.caller(),
                Token.of(folder.resolve("token")),
                log::add);

        assertThat(statusAs("alertmanager")).isEqualTo(200);
        assertThat(statusAs("web")).isEqualTo(403);
        assertThatThrownBy(() -> HttpClient.newBuilder()
                        .sslContext(TrustedBy.file(folder.resolve("server.pem")))
                        .build()
                        .send(request("https"), HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> MutualTls.of(folder.resolve("server.pem"), folder.resolve("token"), clients))
                .hasMessageContaining("holds no private key of PKCS #8");
        assertThatThrownBy(() -> TrustedBy.file(folder.resolve("token"))).hasMessageContaining("holds no certificates");
    }

    /** A client's TLS is a server's the other way round: a pair of its own, and whom it trusts. */
    private int statusAs(String client) throws Exception {
        return HttpClient.newBuilder()
                .sslContext(MutualTls.of(
                        folder.resolve(client.concat(".pem")),
                        folder.resolve(client.concat(".key")),
                        folder.resolve("server.pem")))
                .build()
                .send(request("https"), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private HttpRequest request(String scheme) {
        return HttpRequest.newBuilder(URI.create("%s://localhost:%d/alerts".formatted(scheme, server.port())))
                .header("X-Forwarded-Client-Cert", caller(ALERTMANAGER))
                .header("Authorization", "Bearer ".concat(TOKEN))
                .POST(HttpRequest.BodyPublishers.ofString(WEBHOOK))
                .build();
    }

    private static String caller(String identity) {
        return "By=spiffe://cluster.local/ns/monitoring/sa/healing;Hash=ab;Subject=\"\";URI=%s".formatted(identity);
    }

    private HttpResponse<String> send(String certificate, String authorization, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/alerts".formatted(server.port())))
                                .header("X-Forwarded-Client-Cert", certificate)
                                .header("Authorization", authorization)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
