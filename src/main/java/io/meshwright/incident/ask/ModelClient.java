package io.meshwright.incident.ask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends one prompt and takes one answer, within bounds of time and size; it follows no redirect and tries once. */
public final class ModelClient {
    private static final Duration TO_CONNECT = Duration.ofSeconds(10);
    private static final int LONGEST = 1 << 20;
    private static final int OK = 200;
    private static final int REDIRECTS = 300;
    private static final int CLIENT_ERRORS = 400;
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
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TO_CONNECT)
                .build();
        CompletableFuture<Body> answer = client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
                .thenApplyAsync(Body::of);
        try {
            return text(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw refused(
                    "did not answer within %d s".formatted(patience.toSeconds()), "try again, or leave --ask out");
        } catch (ExecutionException broken) {
            throw refused("cannot be reached, or the connection broke", "look at the address, at DNS and at the proxy");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused("was not waited for", "try again");
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Body(int status, byte[] bytes) {
        static Body of(HttpResponse<InputStream> response) {
            try (InputStream stream = response.body()) {
                return new Body(response.statusCode(), stream.readNBytes(LONGEST + 1));
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }

    private static String text(Body body) {
        if (body.status() != OK) {
            throw refused("answered %d".formatted(body.status()), remedy(body.status()));
        }
        if (body.bytes().length > LONGEST) {
            throw refused("answered more than 1 MiB", "it is none of the kind that its type says");
        }
        JsonNode content = content(body.bytes());
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

    private static String remedy(int status) {
        if (status >= REDIRECTS && status < CLIENT_ERRORS) {
            return "give the address itself, since no redirect is followed";
        }
        return switch (status) {
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
