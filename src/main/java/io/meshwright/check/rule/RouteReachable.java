package io.meshwright.check.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.HttpMatch;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Routes are asked from top to bottom, so one behind a wider one never sees a request; a prefix is plain text. */
public final class RouteReachable implements Check {
    // What narrows a match to some callers and ports, and does so even for one that takes every path.
    private static final List<String> CALLERS = List.of("gateways", "port", "sourceLabels", "sourceNamespace");

    /** What earlier routes take; without a match, everything. */
    private record Taken(Source source, Optional<JsonNode> match) {
        boolean covers(Optional<JsonNode> later) {
            return match.isEmpty() || later.isPresent() && Cover.covers(match.get(), later.get());
        }
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.virtualServices().all().stream()
                .flatMap(service -> Stream.concat(
                        http(service).stream(),
                        Stream.of("tls", "tcp").flatMap(list -> connections(service.connections(list)).stream())));
    }

    private static List<Finding> http(VirtualService service) {
        List<Finding> findings = new ArrayList<>();
        List<Taken> taken = new ArrayList<>();
        for (HttpRoute route : service.written()) {
            List<Taken> own = route.matches().isEmpty()
                    ? List.of(new Taken(route.source(), Optional.empty()))
                    : route.matches().stream().map(RouteReachable::taken).toList();
            findings.addAll(judge(route.source(), own, taken));
        }
        return findings;
    }

    private static Taken taken(HttpMatch match) {
        boolean everything = match.isCatchAll() && CALLERS.stream().noneMatch(match.body()::has);
        return new Taken(match.source(), everything ? Optional.empty() : Optional.of(match.body()));
    }

    private static List<Finding> judge(Source route, List<Taken> own, List<Taken> taken) {
        List<Finding> dead = new ArrayList<>();
        Optional<Taken> first = Optional.empty();
        for (Taken match : own) {
            Optional<Taken> wider = taken.stream()
                    .filter(earlier -> earlier.covers(match.match()))
                    .findFirst();
            first = first.or(() -> wider);
            wider.ifPresent(earlier -> dead.add(Rule.MATCH_NEVER_REACHED.at(
                    match.source(), "%s takes every request of this match before".formatted(line(earlier)))));
            taken.add(match);
        }
        // A rule that takes everything may name some of it once more, for the reader.
        if (own.stream().anyMatch(match -> match.match().isEmpty())) {
            dead.clear();
        }
        boolean all = first.isPresent()
                && own.stream()
                        .allMatch(match -> taken.stream()
                                .filter(earlier -> !own.contains(earlier))
                                .anyMatch(earlier -> earlier.covers(match.match())));
        return all
                ? List.of(Rule.ROUTE_NEVER_REACHED.at(
                        route,
                        "%s takes every request of this route before, so the route is never used"
                                .formatted(line(first.get()))))
                : dead;
    }

    private static List<Finding> connections(List<Source> routes) {
        List<Finding> findings = new ArrayList<>();
        List<Source> earlier = new ArrayList<>();
        for (Source route : routes) {
            JsonNode matches = body(route).path("match");
            List<Source> own = matches.isEmpty()
                    ? List.of(route)
                    : IntStream.range(0, matches.size())
                            .mapToObj(index -> route.item("match", index))
                            .toList();
            List<Source> dead = own.stream()
                    .filter(match -> wider(earlier, match).isPresent())
                    .toList();
            if (dead.size() == own.size()) {
                findings.add(Rule.ROUTE_NEVER_REACHED.at(
                        route,
                        "line %d takes every connection of this route before, so it is never used"
                                .formatted(wider(earlier, own.get(0))
                                        .orElseThrow()
                                        .place()
                                        .line())));
            } else {
                dead.forEach(match -> findings.add(Rule.MATCH_NEVER_REACHED.at(
                        match,
                        "line %d takes every connection of this match before"
                                .formatted(wider(earlier, match)
                                        .orElseThrow()
                                        .place()
                                        .line()))));
            }
            earlier.addAll(own);
        }
        return findings;
    }

    private static JsonNode body(Source source) {
        return source.manifest().at(source.pointer());
    }

    /** A route without matches stands for itself and takes everything. */
    private static Optional<Source> wider(List<Source> earlier, Source match) {
        return earlier.stream()
                .filter(other -> body(other).has("route") || body(other).equals(body(match)))
                .findFirst();
    }

    private static String line(Taken taken) {
        return "line %d".formatted(taken.source().place().line());
    }
}
