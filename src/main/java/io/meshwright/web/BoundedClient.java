package io.meshwright.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/** Sends requests and takes their answers within bounds of time and size; it follows no redirect and tries once. */
public final class BoundedClient {
    private static final Duration TO_CONNECT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int REDIRECTS = 300;
    private static final int CLIENT_ERRORS = 400;

    private final HttpClient client;
    private final Duration patience;

    /** @param patience how long one request may take, from connecting to the last byte */
    public BoundedClient(Duration patience) {
        this(patience, builder().build());
    }

    private BoundedClient(Duration patience, HttpClient client) {
        this.patience = patience;
        this.client = client;
    }

    /**
     * One that trusts these servers alone.
     *
     * @param trusted by whom certificates must be signed
     */
    public static BoundedClient trusting(SSLContext trusted, Duration patience) {
        return new BoundedClient(patience, builder().sslContext(trusted).build());
    }

    private static HttpClient.Builder builder() {
        return HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TO_CONNECT);
    }

    /**
     * One answer.
     *
     * @param status of HTTP
     * @param bytes at most one more than were asked for, by which an answer that is too long is known
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Answer(int status, byte[] bytes) {
        public boolean isOk() {
            return status == OK;
        }

        public boolean isRedirect() {
            return status >= REDIRECTS && status < CLIENT_ERRORS;
        }

        static Answer of(HttpResponse<InputStream> response, int most) {
            try (InputStream stream = response.body()) {
                return new Answer(response.statusCode(), stream.readNBytes(most + 1));
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }

    /**
     * The answer to a request.
     *
     * @param most how many bytes are wanted of it
     * @throws NoAnswer when there is none in time
     */
    public Answer send(HttpRequest request, int most) throws NoAnswer {
        CompletableFuture<Answer> answer = client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
                .thenApplyAsync(response -> Answer.of(response, most));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new NoAnswer(NoAnswer.Reason.LATE);
        } catch (ExecutionException broken) {
            throw new NoAnswer(NoAnswer.Reason.BROKEN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswer(NoAnswer.Reason.INTERRUPTED);
        }
    }
}
