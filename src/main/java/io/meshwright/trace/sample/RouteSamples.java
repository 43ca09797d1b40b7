package io.meshwright.trace.sample;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.route.HttpMatch;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.terms.StringMatch;
import io.meshwright.trace.request.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Requests that the matches of a route take. */
public final class RouteSamples {
    private RouteSamples() {}

    /**
     * One for each match, or more where a prefix asks for them.
     *
     * @param unaskable is told the place of a match for which none is found
     */
    public static List<Sample> of(HttpRoute route, Consumer<String> unaskable) {
        List<Sample> samples = new ArrayList<>();
        if (route.matches().isEmpty()) {
            samples.add(Sample.PLAIN);
        }
        for (HttpMatch match : route.matches()) {
            List<Sample> found = of(match);
            if (found.isEmpty()) {
                unaskable.accept(match.source().toString());
            }
            samples.addAll(found);
        }
        return samples;
    }

    /** Those of one match; none where none is found. */
    public static List<Sample> of(HttpMatch match) {
        JsonNode body = match.body();
        List<String> paths = body.path("uri").isObject() ? values(body.path("uri"), true) : List.of(Sample.ROOT);
        Optional<String> method = body.path("method").isObject()
                ? values(body.path("method"), false).stream()
                        .filter(Request::isMethod)
                        .findFirst()
                : Optional.of("GET");
        Optional<Map<String, String>> headers = headers(body.path("headers"));
        if (method.isEmpty() || headers.isEmpty()) {
            return List.of();
        }
        String query = query(body.path("queryParams"));
        return paths.stream()
                .map(path -> new Sample(method.get(), path.concat(query), headers.get()))
                .toList();
    }

    private static String query(JsonNode parameters) {
        List<String> pairs = Fields.entries(parameters).stream()
                .map(entry -> "%s=%s"
                        .formatted(
                                entry.getKey(),
                                values(entry.getValue(), false).stream()
                                        .findFirst()
                                        .orElse(Sample.WORD)))
                .toList();
        return pairs.isEmpty() ? "" : "?".concat(String.join("&", pairs));
    }

    private static Optional<Map<String, String>> headers(JsonNode written) {
        Map<String, String> headers = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : Fields.entries(written)) {
            List<String> values = values(entry.getValue(), false);
            if (values.isEmpty()
                    || entry.getKey().startsWith(":")
                    || entry.getKey().startsWith("@")) {
                return Optional.empty();
            }
            headers.put(entry.getKey(), values.get(0));
        }
        return Optional.of(headers);
    }

    /** Texts that a match takes: a prefix alone and with more behind it; of a regex what it takes, if that is found. */
    private static List<String> values(JsonNode written, boolean isPath) {
        StringMatch match = StringMatch.of(written);
        return switch (match.type()) {
            case EXACT -> List.of(match.text());
            case PREFIX, SEGMENTS ->
                isPath ? prefixes(match.text()) : List.of(match.text().isEmpty() ? Sample.WORD : match.text());
            case PRESENT -> List.of(isPath ? Sample.ROOT : Sample.WORD);
            case REGEX ->
                RegexSamples.of(match).stream()
                        .filter(text -> !isPath || text.startsWith(Sample.ROOT))
                        .toList();
            case BROKEN -> List.of();
        };
    }

    private static List<String> prefixes(String prefix) {
        String path = prefix.startsWith(Sample.ROOT) ? prefix : Sample.ROOT;
        return path.endsWith(Sample.ROOT)
                ? List.of(path, path.concat(Sample.WORD))
                : List.of(path, path.concat("/").concat(Sample.WORD));
    }

    /** Origins whose pages may read what the route answers. */
    public static List<String> origins(HttpRoute route) {
        return Fields.items(route.body().at("/corsPolicy/allowOrigins")).stream()
                .flatMap(origin -> values(origin, false).stream())
                .filter(origin -> origin.contains("://"))
                .distinct()
                .toList();
    }
}
