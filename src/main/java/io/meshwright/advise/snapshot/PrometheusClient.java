package io.meshwright.advise.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Plain;
import io.meshwright.web.BoundedClient;
import io.meshwright.web.NoAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Takes a snapshot of a Prometheus itself, within bounds of time and size; it follows no redirect and tries once. */
public final class PrometheusClient {
    private static final String OPTION = "--prometheus";

    private final String address;
    private final Duration patience;
    private int left = SnapshotReader.LARGEST;

    /**
     * @param address of Prometheus, such as {@code http://localhost:9090}
     * @param patience how long one question may take
     * @throws InvalidValue for what is no address
     */
    public PrometheusClient(String address, Duration patience) {
        this.address = checked(address);
        this.patience = patience;
    }

    /**
     * The snapshot as the script would write it.
     *
     * @param time that it is about, in seconds since 1970
     * @throws InvalidValue when there is no answer, with a sentence why
     */
    public byte[] take(String environment, int days, long time, List<Query> queries) {
        BoundedClient client = new BoundedClient(patience);
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode snapshot = mapper.createObjectNode()
                .put("environment", environment)
                .put("days", days)
                .put("time", time);
        ArrayNode results = snapshot.putArray("results");
        for (Query query : queries) {
            byte[] answer = ask(client, query, time);
            try {
                results.addObject()
                        .put("name", query.name())
                        .put("range", "%dd".formatted(days))
                        .put("query", query.text())
                        .set("answer", mapper.readTree(answer));
            } catch (IOException noJson) {
                throw refused("answered what is no JSON to %s".formatted(query.name()), "look at the address");
            }
        }
        try {
            return mapper.writeValueAsBytes(snapshot);
        } catch (JsonProcessingException never) {
            throw new IllegalStateException(never);
        }
    }

    private byte[] ask(BoundedClient client, Query query, long time) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("%s/api/v1/query?time=%d&query=%s"
                        .formatted(address, time, URLEncoder.encode(query.text(), StandardCharsets.UTF_8))))
                .GET()
                .build();
        try {
            BoundedClient.Answer answer = client.send(request, left);
            if (answer.bytes().length > left) {
                throw refused(
                        "answered more than %d MiB".formatted(SnapshotReader.LARGEST >> 20), "look at the address");
            }
            left -= answer.bytes().length;
            return answered(query, answer);
        } catch (NoAnswer none) {
            throw switch (none.reason()) {
                case LATE ->
                    refused(
                            "did not answer %s within %d s".formatted(query.name(), patience.toSeconds()),
                            "ask when it has less to do, or of a replica of it");
                case BROKEN ->
                    refused(
                            "cannot be reached, or the connection broke",
                            "look at the address and at the port-forward");
                case INTERRUPTED -> refused("was not waited for", "try again");
            };
        }
    }

    private static byte[] answered(Query query, BoundedClient.Answer answer) {
        if (answer.isRedirect()) {
            throw refused(
                    "answered %d".formatted(answer.status()), "give the address itself, since no redirect is followed");
        }
        if (!answer.isOk()) {
            throw refused(
                    "answered %d to %s".formatted(answer.status(), query.name()),
                    "look at the address, at who may ask there, and at Prometheus' own log");
        }
        return answer.bytes();
    }

    private static String checked(String address) {
        try {
            URI uri = new URI(address);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web
                    && uri.getHost() != null
                    && uri.getQuery() == null
                    && uri.getFragment() == null
                    && uri.getUserInfo() == null) {
                return address.replaceFirst("/+$", "");
            }
        } catch (URISyntaxException wrong) {
            // Said below.
        }
        throw new InvalidValue(
                OPTION,
                "%s is no address of a Prometheus".formatted(Plain.quoted(address)),
                "write it without name and password, such as http://localhost:9090");
    }

    private static InvalidValue refused(String problem, String remedy) {
        return new InvalidValue(OPTION, "Prometheus %s".formatted(problem), remedy);
    }
}
