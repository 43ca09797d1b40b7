package io.meshwright.incident.ask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshwright.value.InvalidValue;
import io.meshwright.web.BoundedClient;
import io.meshwright.web.NoAnswer;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends one prompt and takes one answer, within bounds of time and size; it follows no redirect and tries once. */
public final class ModelClient {
    private static final int LONGEST = 1 << 20;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;

    private final Duration patience;

    /** @param patience how long the whole may take */
    public ModelClient(Duration patience) {
        this.patience = patience;
    }

    /**
     * The text that the model answers.
     *
     * @throws InvalidValue when there is none, with a sentence why
     */
    public String ask(Endpoint endpoint, String key, Prompt prompt) {
        HttpRequest request = HttpRequest.newBuilder(endpoint.address())
                .header("Content-Type", "application/json")
                .header(endpoint.header(), endpoint.prefix().concat(key))
                .POST(HttpRequest.BodyPublishers.ofString(prompt.body(endpoint)))
                .build();
        try {
            return text(new BoundedClient(patience).send(request, LONGEST));
        } catch (NoAnswer none) {
            throw switch (none.reason()) {
                case LATE ->
                    refused(
                            "did not answer within %d s".formatted(patience.toSeconds()),
                            "try again, or leave --ask out");
                case BROKEN ->
                    refused(
                            "cannot be reached, or the connection broke",
                            "look at the address, at DNS and at the proxy");
                case INTERRUPTED -> refused("was not waited for", "try again");
            };
        }
    }

    private static String text(BoundedClient.Answer answer) {
        if (!answer.isOk()) {
            throw refused("answered %d".formatted(answer.status()), remedy(answer));
        }
        if (answer.bytes().length > LONGEST) {
            throw refused("answered more than 1 MiB", "it is none of the kind that its type says");
        }
        JsonNode content = content(answer.bytes());
        if (!content.isTextual() || content.asText().isBlank()) {
            throw refused("answered without a text", "a filter of the service may hold it back; ask a person");
        }
        return content.asText();
    }

    private static JsonNode content(byte[] bytes) {
        try {
            return new ObjectMapper()
                    .readTree(new String(bytes, StandardCharsets.UTF_8))
                    .at("/choices/0/message/content");
        } catch (JsonProcessingException noJson) {
            throw refused("answered what is no JSON", "look at url and type");
        }
    }

    private static String remedy(BoundedClient.Answer answer) {
        if (answer.isRedirect()) {
            return "give the address itself, since no redirect is followed";
        }
        return switch (answer.status()) {
            case UNAUTHORIZED, FORBIDDEN -> "look at the key and at what it may do";
            case NOT_FOUND -> "look at url, deployment or model, and apiVersion";
            case TOO_MANY -> "wait, and ask again";
            default -> "look at the service's own log";
        };
    }

    private static InvalidValue refused(String problem, String remedy) {
        return new InvalidValue("--ask", "the model %s".formatted(problem), remedy);
    }
}
