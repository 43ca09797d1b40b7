package io.meshwright.heal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.meshwright.web.BoundedClient;
import io.meshwright.web.NoAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A server that speaks JSON: the API server, Prometheus or Alertmanager. Each request is sent once. */
final class Api {
    static final String JSON = "application/json";

    /** RFC 7386, which the API server takes for custom resources too. */
    static final String MERGE = "application/merge-patch+json";

    private static final int LONGEST = 16 << 20;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String address;
    private final BoundedClient client;
    private final Optional<Path> token;

    /** @param token file of a bearer token, which may be written anew at any time; empty: none is shown */
    Api(String address, BoundedClient client, Optional<Path> token) {
        this.address = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        this.client = client;
        this.token = token;
    }

    /** An answer; {@code body} is missing where it is no JSON. */
    record Answer(int status, JsonNode body) {
        boolean isOk() {
            return status >= 200 && status < 300;
        }

        /** Returns what the API server says of a refusal. */
        String said() {
            return "%d %s".formatted(status, body.path("message").asText("")).strip();
        }
    }

    Answer get(String path) throws Held {
        return send(request(path).GET().build());
    }

    Answer send(String method, String path, String type, JsonNode body) throws Held {
        return send(request(path)
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    private HttpRequest.Builder request(String path) throws Held {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address.concat(path))).header("Accept", JSON);
        if (token.isPresent()) {
            try {
                request.header(
                        "Authorization",
                        "Bearer "
                                .concat(Files.readString(token.get(), StandardCharsets.ISO_8859_1)
                                        .strip()));
            } catch (IOException | IllegalArgumentException unreadable) {
                throw new Held("the account's token cannot be read");
            }
        }
        return request;
    }

    private Answer send(HttpRequest request) throws Held {
        try {
            BoundedClient.Answer answer = client.send(request, LONGEST);
            return new Answer(answer.status(), parsed(answer.bytes()));
        } catch (NoAnswer none) {
            throw new Held("%s does not answer".formatted(address));
        }
    }

    private static JsonNode parsed(byte[] bytes) {
        if (bytes.length > LONGEST) {
            return MissingNode.getInstance();
        }
        try {
            JsonNode read = MAPPER.readTree(bytes);
            return read == null ? MissingNode.getInstance() : read;
        } catch (JsonProcessingException noJson) {
            return MissingNode.getInstance();
        } catch (IOException broken) {
            return MissingNode.getInstance();
        }
    }
}
