package io.meshwright.sweep;

import com.google.auto.service.AutoService;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Suspicion;
import io.meshwright.check.Sweep;
import io.meshwright.mesh.Mesh;
import io.meshwright.trace.Trace;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.request.Request;
import io.meshwright.value.InvalidValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A request for each route, host and rule arrives, or ends as somebody may have meant it. */
@AutoService(Inspection.class)
public final class RequestsArrive implements Sweep {
    public static final Rule REQUEST_WITHOUT_ROUTE = Rule.error("MESH371", "request_without_route")
            .title("A request for which a route is written finds none")
            .consequence("It gets 404, or its connection is closed.")
            .remedy("Follow it with `meshwright trace`, and mend the object that the last step names.");

    public static final Rule REQUEST_FAILS = Rule.error("MESH372", "request_fails")
            .title("A request that a route takes does not reach anybody")
            .consequence("The proxy answers with an error, or the connection is closed.")
            .remedy("Follow it with `meshwright trace`, and mend the object that the last step names.");

    public static final Rule REQUEST_IN_CIRCLES = Rule.error("MESH373", "request_in_circles")
            .title("A request comes back to the gateways that it has passed")
            .consequence("It runs in circles until a limit ends it.")
            .remedy("Give the gateway a route of its own that leads on, and keep the others to gateways [mesh].");

    public static final Rule RULE_IN_VAIN = Rule.warning("MESH374", "rule_in_vain")
            .title("A request that a rule admits is refused all the same")
            .consequence("The callers that the rule names get 403: RBAC: access denied.")
            .remedy(
                    "Follow it with `meshwright trace`: on the way its path, its identity or its port becomes another.");

    @Override
    public List<Rule> rules() {
        return List.of(REQUEST_WITHOUT_ROUTE, REQUEST_FAILS, REQUEST_IN_CIRCLES, RULE_IN_VAIN);
    }

    @Override
    public Stream<Suspicion> run(Mesh mesh) {
        Trace trace = Trace.of(mesh);
        Judge judge = new Judge(mesh);
        List<List<Suspicion>> found = Asks.of(mesh).parallelStream()
                .map(ask -> path(trace, ask.request()).stream()
                        .flatMap(path -> End.of(path).stream())
                        .flatMap(end -> judge.suspicion(ask, end).stream())
                        .toList())
                .toList();
        return grouped(found.stream().flatMap(List::stream));
    }

    private static Optional<Path> path(Trace trace, Request request) {
        try {
            return Optional.of(trace.follow(request));
        } catch (InvalidValue nobody) {
            return Optional.empty();
        }
    }

    /** Tells once what one cause does to many requests, where the first of them is asked for. */
    private static Stream<Suspicion> grouped(Stream<Suspicion> suspicions) {
        Map<List<Object>, List<Suspicion>> groups = suspicions.collect(Collectors.groupingBy(
                suspicion -> List.of(
                        suspicion.finding().rule(),
                        suspicion.decisive().isEmpty()
                                ? suspicion.finding().place()
                                : suspicion.decisive().get(0).place()),
                LinkedHashMap::new,
                Collectors.toList()));
        return groups.values().stream().map(RequestsArrive::together);
    }

    private static Suspicion together(List<Suspicion> alike) {
        Suspicion first = alike.get(0);
        Finding finding = first.finding();
        long places = alike.stream()
                .map(suspicion -> suspicion.finding().place())
                .distinct()
                .count();
        String more = "%s; the same happens for the sake of %d more".formatted(finding.message(), places - 1);
        return places == 1 ? first : new Suspicion(finding.saying(more), first.because(), first.decisive());
    }
}
