package io.meshwright.check.rule.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.RouteTimes;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.HttpRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A stream is never done, so its route has neither a timeout nor retries. */
@AutoService(Inspection.class)
public final class StreamsUninterrupted implements Check {
    public static final Rule STREAM_INTERRUPTED = Rule.error("MESH133", "stream_interrupted")
            .title("A route of a stream has a timeout or retries")
            .consequence(
                    "The stream is cut off at that age with 504, or begun again from its start: chats and events answer 502 or"
                            + " 504.")
            .remedy("Give the stream a route of its own without a timeout and with retries.attempts 0.");

    private static final Pattern STREAM = Pattern.compile(
            "(?i)(^|[/_-])(chat|streams?|streaming|sse|event-stream|ws|websockets?|socket\\.io)([/_-]|$)");
    private static final Pattern SOCKET = Pattern.compile("(?i)(ws|websockets?|socket\\.io)");

    @Override
    public List<Rule> rules() {
        return List.of(STREAM_INTERRUPTED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.virtualServices().all().stream()
                .flatMap(service -> service.written().stream())
                .flatMap(route -> findings(route).stream());
    }

    private static List<Finding> findings(HttpRoute route) {
        List<Finding> findings = new ArrayList<>();
        Optional<String> stream = stream(route);
        long timeout = RouteTimes.millis(route.body().path("timeout"));
        int attempts = RouteTimes.attempts(route);
        stream.ifPresent(word -> {
            Severity severity = SOCKET.matcher(word).find() ? Severity.WARNING : Severity.ERROR;
            if (timeout > 0) {
                findings.add(STREAM_INTERRUPTED
                        .at(
                                route.source().at("/timeout"),
                                "the route carries a stream (%s), which is cut off after %s"
                                        .formatted(
                                                word,
                                                route.body().path("timeout").asText()))
                        .as(severity));
            }
            if (attempts > 0) {
                findings.add(STREAM_INTERRUPTED
                        .at(
                                route.source().at("/retries"),
                                "the route carries a stream (%s), which a retry would begin again from the start"
                                        .formatted(word))
                        .as(severity));
            }
        });
        return findings;
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
}
