package io.meshwright.check.evidence.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.check.evidence.MatchCover;
import io.meshwright.check.evidence.Rivals;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.HttpMatch;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The matches of a rule of the Gateway API that no request meets, since others that go before it take them all: exact
 * paths, then the longest prefix, then regular expressions (conversion.go, sortHTTPRoutes).
 *
 * @param matches each with where the other one stands
 * @param isWhole whether the rule has no other match
 */
public record PassedMatches(Source rule, Map<Source, String> matches, boolean isWhole) {
    /** A match, and the routes that take its requests before it, one for each host and listener that asks it. */
    private record Asked(Source place, Source rule, List<Optional<HttpRoute>> earlier) {
        boolean isPassed() {
            return earlier.stream().allMatch(Optional::isPresent);
        }

        String before() {
            return written(earlier.get(0).orElseThrow(), place);
        }
    }

    public static List<PassedMatches> of(Mesh mesh) {
        Map<String, Asked> asked = new LinkedHashMap<>();
        mesh.virtualServices().ofGatewayApi().forEach(service -> ask(mesh, service, asked));
        Map<String, List<Asked>> byRule = new LinkedHashMap<>();
        asked.values()
                .forEach(match -> byRule.computeIfAbsent(key(match.rule()), none -> new ArrayList<>())
                        .add(match));
        List<PassedMatches> found = new ArrayList<>();
        byRule.values().forEach(matches -> {
            Map<Source, String> passed = new LinkedHashMap<>();
            matches.stream().filter(Asked::isPassed).forEach(match -> passed.put(match.place(), match.before()));
            if (!passed.isEmpty()) {
                found.add(new PassedMatches(matches.get(0).rule(), passed, passed.size() == matches.size()));
            }
        });
        return found;
    }

    private static void ask(Mesh mesh, VirtualService service, Map<String, Asked> asked) {
        List<HttpRoute> before = new ArrayList<>();
        for (HttpRoute route : mesh.virtualServices().routes(service)) {
            Source place = route.matches().isEmpty()
                    ? route.source()
                    : route.matches().get(0).source();
            asked.computeIfAbsent(key(place), none -> new Asked(place, route.source(), new ArrayList<>()))
                    .earlier()
                    .add(before.stream().filter(early -> takes(early, route)).findFirst());
            before.add(route);
        }
    }

    private static String key(Source source) {
        return "%s %s".formatted(source.manifest().place(), source.pointer());
    }

    /** Neither of two is passed by for certain if age alone decides which of them goes first. */
    private static boolean takes(HttpRoute early, HttpRoute late) {
        boolean own = early.source().manifest() == late.source().manifest();
        return (own || Rivals.differ(early.source().manifest(), late.source().manifest()))
                && !early.tiesWith(late)
                && !(early.source().equals(late.source()) || action(early).equals(action(late)))
                && MatchCover.covers(match(early), match(late));
    }

    private static JsonNode match(HttpRoute route) {
        return route.matches().stream().findFirst().map(HttpMatch::body).orElse(JsonNodeFactory.instance.objectNode());
    }

    private static ObjectNode action(HttpRoute route) {
        ObjectNode action = route.body().deepCopy();
        return action.remove(List.of("match", "name"));
    }

    private static String written(HttpRoute early, Source late) {
        String line = "line %d".formatted(early.source().place().line());
        return early.source().manifest() == late.manifest()
                ? line
                : "%s (%s)".formatted(early.source().manifest(), line);
    }

    /** The place of the first of those that take its requests. */
    public String first() {
        return matches.values().iterator().next();
    }
}
