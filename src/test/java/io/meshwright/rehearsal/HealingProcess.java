package io.meshwright.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.meshwright.Main;
import io.meshwright.rehearsal.process.Patience;
import io.meshwright.rehearsal.process.Ports;
import io.meshwright.rehearsal.tunnel.Programs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * {@code meshwright heal} as it runs in a pod: with the token of its service account, the plan that lies in Git, and
 * what Alertmanager sends it. The proxy that ends mutual TLS is not here, so the webhook says whom it proved.
 */
final class HealingProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAMESPACE = "healing";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private final Programs.Running program;
    private final URI alerts;
    private final String caller;

    private HealingProcess(Programs.Running program, URI alerts, String caller) {
        this.program = program;
        this.alerts = alerts;
        this.caller = caller;
    }

    /**
     * Begins one, and waits until it serves.
     *
     * @param account its service account, by whose name its plan goes
     * @param port of loopback
     * @param changes keys of the plan and their values here: addresses, and whether it only tries
     */
    static HealingProcess start(Rehearsal rehearsal, String account, int port, Map<String, JsonNode> changes)
            throws Exception {
        Path folder = Files.createDirectories(
                rehearsal.control().processes().folder().resolve("%s-%d".formatted(account, port)));
        ObjectNode plan = plan(rehearsal, account);
        plan.put("prometheus", PrometheusStandIn.url()).put("alertmanager", PrometheusStandIn.url());
        changes.forEach(plan::set);
        Programs.Running program = rehearsal
                .control()
                .processes()
                .start(
                        "%s-%d".formatted(account, port),
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "heal",
                        "--plan",
                        Files.writeString(folder.resolve("plan.json"), plan.toString()),
                        "--token-file",
                        Files.writeString(folder.resolve("token"), TOKEN),
                        "--account-token",
                        Files.writeString(folder.resolve("account"), token(rehearsal, account)),
                        "--api",
                        "https://127.0.0.1:%d".formatted(Ports.API_SERVER),
                        "--ca-file",
                        rehearsal.control().processes().folder().resolve("certificates/apiserver.crt"),
                        "--port",
                        port);
        HealingProcess started = new HealingProcess(
                program,
                URI.create("http://127.0.0.1:%d/alerts".formatted(port)),
                plan.path("caller").asText());
        Patience.of(60)
                .await(
                        "%s to serve".formatted(account),
                        () -> ask(started.alerts.resolve("/healthz")).equals("ok"));
        return started;
    }

    /** The token of a service account, as its pods have it. */
    static String token(Rehearsal rehearsal, String account) {
        TokenRequest asked = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(3600L)
                .endSpec()
                .build();
        return rehearsal
                .client()
                .serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName(account)
                .tokenRequest(asked)
                .getStatus()
                .getToken();
    }

    /** Sends one alert as Alertmanager does, and gives what came of it. */
    String tell(String alert, boolean resolved, Map<String, String> labels) throws IOException, InterruptedException {
        ObjectNode webhook = JSON.createObjectNode().put("version", "4");
        ArrayNode all = webhook.putArray("alerts");
        ObjectNode one = all.addObject().put("status", resolved ? "resolved" : "firing");
        ObjectNode labelled = one.putObject("labels").put("alertname", alert);
        labels.forEach(labelled::put);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(alerts)
                                .header("Authorization", "Bearer ".concat(TOKEN))
                                .header("X-Forwarded-Client-Cert", "By=spiffe://a/ns/b/sa/c;URI=%s".formatted(caller))
                                .POST(HttpRequest.BodyPublishers.ofString(webhook.toString()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return answer.body();
    }

    private static ObjectNode plan(Rehearsal rehearsal, String account) throws IOException {
        String text = rehearsal
                .client()
                .configMaps()
                .inNamespace(NAMESPACE)
                .withName(account.concat("-plan"))
                .get()
                .getData()
                .get("plan.json");
        return (ObjectNode) JSON.readTree(text);
    }

    private static String ask(URI address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        program.stop();
    }
}
