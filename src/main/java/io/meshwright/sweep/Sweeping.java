package io.meshwright.sweep;

import io.meshwright.check.Finding;
import io.meshwright.check.Suspicion;
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

/** Follows requests that are asked of a mesh, and gathers what nobody can want of their ends. */
final class Sweeping {
    private Sweeping() {}

    /** Those of all requests, one for each cause. */
    static Stream<Suspicion> causes(Mesh mesh, List<Ask> asks, Judge judge) {
        return grouped(suspicions(mesh, asks, judge));
    }

    /** All of them. */
    static Stream<Suspicion> suspicions(Mesh mesh, List<Ask> asks, Judge judge) {
        Trace trace = Trace.of(mesh);
        List<List<Suspicion>> found = asks.parallelStream()
                .map(ask -> path(trace, ask.request()).stream()
                        .flatMap(path -> End.of(path).stream())
                        .flatMap(end -> judge.suspicion(ask, end).stream())
                        .toList())
                .toList();
        return found.stream().flatMap(List::stream);
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
        return groups.values().stream().map(Sweeping::together);
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
