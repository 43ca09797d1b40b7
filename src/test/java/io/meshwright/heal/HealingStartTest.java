package io.meshwright.heal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.construct.observability.program.Program;
import io.meshwright.construct.observability.program.Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The program, started by the arguments, the plan and the switch that the key renders. */
class HealingStartTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String WEBHOOK = """
        {"version": "4", "alerts": [{"status": "firing", "labels": {"alertname": "ServiceLatencyBudgetBurnsFast",
          "destination_service_namespace": "shop", "destination_service_name": "web"}}]}""";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final ExecutorService process = Executors.newSingleThreadExecutor();
    private StubCluster cluster;
    private RenderedHealing rendered;

    @BeforeEach
    void stand() throws IOException {
        rendered = RenderedHealing.everyAction();
        cluster = new StubCluster()
                .object(
                        "/api/v1/namespaces/healing/configmaps/healing",
                        rendered.text("healing/ConfigMap/healing.healing"))
                .object(
                        "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/services",
                        rendered.text("argocd/Application/services"))
                .object(
                        "/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers/web",
                        rendered.text("services/HorizontalPodAutoscaler/shop.web"))
                .query("count(up == 1)", "1")
                .query("ALERTS", "1")
                .query("kube_node_spec_unschedulable", "0");
    }

    @AfterEach
    void end() {
        process.shutdownNow();
        cluster.close();
    }

    @Test
    void takes_alertmanager_s_alert_refuses_others_and_begins_anew_with_a_renewed_certificate() throws Exception {
        Future<Integer> exit = start("move-minimum");

        int port = port(exit);
        assertThat(out.toString()).startsWith("trials of moveMinimum of 2 targets, on port ");
        HttpResponse<String> answer = send(port, "alertmanager");
        assertThat(answer.body())
                .isEqualTo(
                        "tried ServiceLatencyBudgetBurnsFast: a trial: move the minimum of shop/web from 2 to 3 pods,"
                                + " because of ServiceLatencyBudgetBurnsFast");
        assertThat(cluster.writes())
                .anyMatch(write -> write.startsWith(
                        "PATCH /apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers" + "/web?dryRun=All"))
                .anyMatch(write -> write.startsWith("POST /api/v1/namespaces/shop/events"))
                .anyMatch(write -> write.startsWith("POST /api/v2/alerts"));
        assertThat(send(port, "web").statusCode()).isEqualTo(403);

        certificate("server", "tls/tls", "DNS:localhost");
        assertThat(exit.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(out.toString()).contains("its certificate was renewed");
    }

    /** Its route, its receiver, its certificate and its token are what the process asks for. */
    @Test
    void a_real_alertmanager_reaches_it_by_what_is_rendered() throws Exception {
        Program alertmanager = Program.of("alertmanager");
        int port = port(start("move-minimum"));
        write("url", "http://127.0.0.1:9/");
        Files.copy(folder.resolve("tls/tls.crt"), folder.resolve("ca.crt"));
        write("alertmanager.yaml", configuration(port));
        int own = Server.freePort();

        try (Server server = alertmanager.start(
                folder,
                List.of(
                        "--config.file=alertmanager.yaml",
                        "--storage.path=data",
                        "--cluster.listen-address=",
                        "--web.listen-address=127.0.0.1:%d".formatted(own)))) {
            String address = "http://127.0.0.1:%d".formatted(own);
            server.await(address.concat("/-/ready"));
            for (String service : List.of("other", "web")) {
                assertThat(server.post(address.concat("/api/v2/alerts"), """
                    [{"labels": {"alertname": "ServiceLatencyBudgetBurnsSlowly", "severity": "warning",
                      "destination_service_namespace": "shop", "destination_service_name": "%s"}}]""".formatted(service))
                                .statusCode())
                        .isEqualTo(200);
            }
            said("tried ServiceLatencyBudgetBurnsSlowly: a trial: move the minimum of shop/web from 2 to 3 pods");
        }
        assertThat(out.toString()).doesNotContain("refused", "held");
    }

    private String configuration(int port) {
        return rendered.object("observability/ConfigMap/monitoring.alertmanager")
                .at("/data/alertmanager.yaml")
                .asText()
                .replace("/etc/alertmanager/secrets/url", path("url"))
                .replace("/etc/alertmanager/receivers/healing-token/token", path("token/token"))
                .replace("/etc/alertmanager/receivers/healing-client/ca.crt", path("ca.crt"))
                .replace("/etc/alertmanager/receivers/healing-client/tls.crt", path("alertmanager.crt"))
                .replace("/etc/alertmanager/receivers/healing-client/tls.key", path("alertmanager.key"))
                .replace("group_wait: 10s", "group_wait: 1s")
                .replace("move-minimum.healing.svc.cluster.local", "localhost:%d".formatted(port));
    }

    private String path(String file) {
        return folder.resolve(file).toString();
    }

    private Future<Integer> start(String name) throws Exception {
        certificate("server", "tls/tls", "DNS:localhost");
        certificate("alertmanager", "alertmanager", "URI:spiffe://cluster.local/ns/monitoring/sa/alertmanager");
        certificate("web", "web", "URI:spiffe://cluster.local/ns/shop/sa/web");
        Files.writeString(
                folder.resolve("tls/ca.crt"),
                Files.readString(folder.resolve("alertmanager.crt")) + Files.readString(folder.resolve("web.crt")));
        plan(name);
        write("token/token", TOKEN);
        write("account", "account");
        return process.submit(() -> new CommandLine(new HealCommand("%s-1".formatted(name)))
                .setOut(new PrintWriter(out, true))
                .execute(arguments(name)));
    }

    private void said(String text) throws InterruptedException {
        for (int i = 0; i < 600 && !out.toString().contains(text); i++) {
            Thread.sleep(100);
        }
        assertThat(out.toString()).contains(text);
    }

    private String[] arguments(String name) {
        JsonNode container =
                rendered.object("healing/Deployment/healing.%s".formatted(name)).at("/spec/template/spec/containers/0");
        List<String> arguments =
                new ArrayList<>(StreamSupport.stream(container.path("args").spliterator(), false)
                        .map(JsonNode::asText)
                        .map(argument -> argument.replace("/etc/healing", folder.toString())
                                .replaceFirst("^--port=8443$", "--port=0"))
                        .toList());
        assertThat(arguments.remove(0)).isEqualTo("heal");
        arguments.add("--api=".concat(cluster.address()));
        arguments.add("--account-token=".concat(folder.resolve("account").toString()));
        return arguments.toArray(String[]::new);
    }

    private void plan(String name) throws IOException {
        write(
                "plan/plan.json",
                rendered.object("healing/ConfigMap/healing.%s-plan".formatted(name))
                        .at("/data")
                        .path("plan.json")
                        .asText()
                        .replace("http://prometheus.monitoring.svc:9090", cluster.address())
                        .replace("http://alertmanager.monitoring.svc:9093", cluster.address()));
    }

    private int port(Future<Integer> exit) throws Exception {
        Pattern said = Pattern.compile("on port (\\d+)");
        for (int i = 0; i < 300; i++) {
            Matcher port = said.matcher(out.toString());
            if (port.find()) {
                return Integer.parseInt(port.group(1));
            }
            assertThat(exit.isDone()).as(out.toString()).isFalse();
            Thread.sleep(100);
        }
        throw new AssertionError(out.toString());
    }

    private HttpResponse<String> send(int port, String client) throws Exception {
        return HttpClient.newBuilder()
                .sslContext(MutualTls.of(
                        folder.resolve(client.concat(".crt")),
                        folder.resolve(client.concat(".key")),
                        folder.resolve("tls/tls.crt")))
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("https://localhost:%d/alerts".formatted(port)))
                                .header("Authorization", "Bearer ".concat(TOKEN))
                                .POST(HttpRequest.BodyPublishers.ofString(WEBHOOK))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void certificate(String name, String file, String alternative) throws Exception {
        Files.createDirectories(folder.resolve(file).getParent());
        Program.Answer made = Program.of("openssl")
                .run(
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
                        "/CN=" + name,
                        "-addext",
                        "subjectAltName=" + alternative,
                        "-keyout",
                        file + ".key",
                        "-out",
                        file + ".crt");
        assertThat(made.exit()).as(made.output()).isZero();
    }
}
