package io.meshwright.check.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.value.Duration;
import io.meshwright.value.InvalidValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Timeouts and retries of a route must suit what it carries: a stream is never done, and a write must not be done
 * twice.
 */
public final class StreamsUninterrupted implements Check {
    private static final Pattern STREAM = Pattern.compile(
            "(?i)(^|[/_-])(chat|streams?|streaming|sse|event-stream|ws|websockets?|socket\\.io)([/_-]|$)");
    private static final Pattern SOCKET = Pattern.compile("(?i)(ws|websockets?|socket\\.io)");
    private static final Pattern RETRIES_ANSWERS =
            Pattern.compile("(^|,)\\s*(5xx|gateway-error|retriable-status-codes|50\\d|reset)\\s*(,|$)");
    private static final List<String> WRITES = List.of("POST", "PATCH");

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.virtualServices().all().stream()
                .flatMap(service -> service.written().stream())
                .flatMap(route -> findings(route, mesh.version()).stream());
    }

    private static List<Finding> findings(HttpRoute route, IstioVersion version) {
        List<Finding> findings = new ArrayList<>();
        Optional<String> stream = stream(route);
        long timeout = millis(route.body().path("timeout"));
        int attempts = Fields.number(route.body().at("/retries/attempts")).orElse(0);
        stream.ifPresent(word -> {
            Severity severity = SOCKET.matcher(word).find() ? Severity.WARNING : Severity.ERROR;
            if (timeout > 0) {
                findings.add(Rule.STREAM_INTERRUPTED
                        .at(
                                route.source().at("/timeout"),
                                "the route carries a stream (%s), which is cut off after %s"
                                        .formatted(
                                                word,
                                                route.body().path("timeout").asText()))
                        .as(severity));
            }
            if (attempts > 0) {
                findings.add(Rule.STREAM_INTERRUPTED
                        .at(
                                route.source().at("/retries"),
                                "the route carries a stream (%s), which a retry would begin again from the start"
                                        .formatted(word))
                        .as(severity));
            }
        });
        long each = millis(route.body().at("/retries/perTryTimeout"));
        if (timeout > 0 && each > 0 && each < timeout && each * attempts > timeout) {
            findings.add(Rule.TRIES_EXCEED_TIMEOUT
                    .at(
                            route.source().at("/retries"),
                            "%d tries of %s do not fit into the %s of the whole request: the last are never made"
                                    .formatted(
                                            attempts,
                                            route.body()
                                                    .at("/retries/perTryTimeout")
                                                    .asText(),
                                            route.body().path("timeout").asText()))
                    .as(Severity.INFO));
        }
        if (timeout > 0 && each > 0 && attempts > 0 && each >= timeout) {
            findings.add(Rule.TRIES_EXCEED_TIMEOUT.at(
                    route.source().at("/retries/perTryTimeout"),
                    "one try may take %s, the whole request %s: it is never tried again"
                            .formatted(
                                    route.body().at("/retries/perTryTimeout").asText(),
                                    route.body().path("timeout").asText())));
        }
        unsafe(route, attempts).or(() -> byDefault(route, version)).ifPresent(findings::add);
        return findings;
    }

    private static Optional<Finding> unsafe(HttpRoute route, int attempts) {
        boolean every = route.matches().isEmpty()
                || route.matches().stream()
                        .anyMatch(match -> match.body().path("method").isEmpty());
        boolean after = RETRIES_ANSWERS
                .matcher(route.body().at("/retries/retryOn").asText(""))
                .find();
        return attempts > 0 && after && (every || writes(route))
                ? Optional.of(Rule.WRITE_RETRIED
                        .at(
                                route.source().at("/retries/retryOn"),
                                "a request that writes is sent again after \"%s\", when it may already have been done"
                                        .formatted(route.body()
                                                .at("/retries/retryOn")
                                                .asText()))
                        .as(writes(route) ? Severity.WARNING : Severity.INFO))
                : Optional.empty();
    }

    private static boolean writes(HttpRoute route) {
        return route.matches().stream()
                .map(match -> match.body().path("method"))
                .anyMatch(method -> WRITES.contains(method.path("exact").asText(""))
                        || WRITES.stream().anyMatch(method.path("regex").asText("")::contains));
    }

    /** Who says nothing of retries gets Istio's own, which once repeated what was answered 503. */
    private static Optional<Finding> byDefault(HttpRoute route, IstioVersion version) {
        return route.body().has("retries")
                        || !writes(route)
                        || !version.retriesOn503()
                        || route.isRedirect()
                        || route.isDirectResponse()
                ? Optional.empty()
                : Optional.of(Rule.WRITE_RETRIED.at(
                        route.source(),
                        "Istio %s sends a request that writes again after 503 where a route says nothing of retries"
                                .formatted(version)));
    }

    private static Optional<String> stream(HttpRoute route) {
        return Stream.concat(Stream.of(route.name()), route.matches().stream().flatMap(match -> {
                    JsonNode uri = match.body().path("uri");
                    boolean events = match.body()
                            .at("/headers/accept/exact")
                            .asText(match.body().at("/headers/Accept/exact").asText(""))
                            .equals("text/event-stream");
                    return events
                            ? Stream.of("/event-stream")
                            : Stream.of(uri.path("exact")
                                    .asText(uri.path("prefix")
                                            .asText(uri.path("regex").asText(""))));
                }))
                .filter(text -> STREAM.matcher(text).find())
                .findFirst();
    }

    private static long millis(JsonNode duration) {
        try {
            return duration.isTextual()
                    ? Math.max(Duration.of(duration.asText()).millis(), 0)
                    : 0;
        } catch (InvalidValue none) {
            return 0;
        }
    }
}
