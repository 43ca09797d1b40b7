package io.meshwright.check.rule.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.MatchCover;
import io.meshwright.check.evidence.order.PassedMatches;
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
@AutoService(Inspection.class)
public final class RouteReachable implements Check {
    public static final Rule ROUTE_NEVER_REACHED = Rule.warning("MESH127", "route_never_reached")
            .title("A route stands behind one that takes all of its requests")
            .twins("IST0130", "IST0131")
            .consequence("The route is never used.")
            .remedy("Put the narrower route first; end a prefix with a slash where it means a folder.");

    public static final Rule MATCH_NEVER_REACHED = Rule.info("MESH128", "match_never_reached")
            .title("A match repeats what an earlier one takes")
            .twins("IST0131")
            .consequence("The match is never used.")
            .remedy("Remove it, or put it first.");

    private static final int MAINTENANCE = 503;

    // What narrows a match to some callers and ports, and does so even for one that takes every path.
    private static final List<String> CALLERS = List.of("gateways", "port", "sourceLabels", "sourceNamespace");

    /** Requests that earlier routes take; without a match, all. */
    private record Taken(Source source, Optional<JsonNode> match) {
        boolean covers(Optional<JsonNode> later) {
            return match.isEmpty() || later.isPresent() && MatchCover.covers(match.get(), later.get());
        }
    }

    @Override
    public List<Rule> rules() {
        return List.of(ROUTE_NEVER_REACHED, MATCH_NEVER_REACHED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return Stream.concat(
                mesh.virtualServices().all().stream()
                        .flatMap(service -> Stream.concat(
                                http(service).stream(),
                                Stream.of("tls", "tcp")
                                        .flatMap(list -> connections(service.connections(list)).stream()))),
                PassedMatches.of(mesh).stream().flatMap(RouteReachable::passed));
    }

    private static Stream<Finding> passed(PassedMatches rule) {
        return rule.isWhole()
                ? Stream.of(
                        ROUTE_NEVER_REACHED
                                .at(
                                        rule.rule(),
                                        "%s takes every request of this rule before, so the rule is never used"
                                                .formatted(rule.first()))
                                .remedy(
                                        "Make the two ask for different requests; a prefix goes before any regular expression."))
                : rule.matches().keySet().stream()
                        .map(match -> MATCH_NEVER_REACHED.at(
                                match,
                                "%s takes every request of this match before"
                                        .formatted(rule.matches().get(match))));
    }

    private static List<Finding> http(VirtualService service) {
        List<Finding> findings = new ArrayList<>();
        List<Taken> taken = new ArrayList<>();
        for (HttpRoute route : service.written()) {
            List<Taken> own = route.matches().isEmpty()
                    ? List.of(new Taken(route.source(), Optional.empty()))
                    : route.matches().stream().map(RouteReachable::taken).toList();
            List<Finding> found = judge(route.source(), own, taken);
            if (found.isEmpty() && isMaintenance(route)) {
                taken.removeAll(own);
            }
            findings.addAll(found);
        }
        return findings;
    }

    /** True if it stands in the way of others for a while, so that those behind it are there for later. */
    private static boolean isMaintenance(HttpRoute route) {
        return route.body().at("/directResponse/status").asInt(0) == MAINTENANCE;
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
            wider.ifPresent(earlier -> dead.add(MATCH_NEVER_REACHED.at(
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
                ? List.of(ROUTE_NEVER_REACHED.at(
                        route,
                        "%s takes every request of this route before, so the route is never used"
                                .formatted(line(first.get()))))
                : dead;
    }

    private static List<Finding> connections(List<Source> routes) {
        List<Finding> findings = new ArrayList<>();
        List<Source> earlier = new ArrayList<>();
        for (Source route : routes) {
            JsonNode matches = route.value().path("match");
            List<Source> own = matches.isEmpty()
                    ? List.of(route)
                    : IntStream.range(0, matches.size())
                            .mapToObj(index -> route.item("match", index))
                            .toList();
            List<Source> dead = own.stream()
                    .filter(match -> wider(earlier, match).isPresent())
                    .toList();
            if (dead.size() == own.size()) {
                findings.add(ROUTE_NEVER_REACHED.at(
                        route,
                        "line %d takes every connection of this route before, so it is never used"
                                .formatted(wider(earlier, own.get(0))
                                        .orElseThrow()
                                        .place()
                                        .line())));
            } else {
                dead.forEach(match -> findings.add(MATCH_NEVER_REACHED.at(
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

    /** A route without matches stands for itself and takes everything. */
    private static Optional<Source> wider(List<Source> earlier, Source match) {
        return earlier.stream()
                .filter(other -> other.value().has("route") || other.value().equals(match.value()))
                .findFirst();
    }

    private static String line(Taken taken) {
        return "line %d".formatted(taken.source().place().line());
    }
}
