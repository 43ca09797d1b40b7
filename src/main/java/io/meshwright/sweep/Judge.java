package io.meshwright.sweep;

import io.meshwright.check.Rule;
import io.meshwright.check.Suspicion;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.trace.request.Request;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Tells an end that nobody can want from one that somebody may have meant, or that only an absence makes. */
final class Judge {
    private static final String NO_HEALTHY = "UH";
    private static final String UNKNOWN_CLUSTER = "NC";
    private static final Set<Kind> KNOWN = Set.of(Kind.SERVICE, Kind.SERVICE_ENTRY, Kind.DESTINATION_RULE);
    /** Flags of answers that the proxy or somebody who wrote the route gives on purpose. */
    private static final Set<String> MEANT = Set.of("FI");

    private final Mesh mesh;
    private final BiFunction<Ask, End, Optional<Rule>> rule;

    Judge(Mesh mesh, BiFunction<Ask, End, Optional<Rule>> rule) {
        this.mesh = mesh;
        this.rule = rule;
    }

    Optional<Suspicion> suspicion(Ask ask, End end) {
        if (MEANT.contains(end.flag())) {
            return Optional.empty();
        }
        return rule.apply(ask, end)
                .filter(broken -> !restsOnAbsence(end))
                .map(broken -> new Suspicion(
                        broken.at(ask.about(), sentence(ask, end)),
                        Stream.concat(end.sources().stream(), ask.towards().stream())
                                .toList(),
                        end.last().toList()));
    }

    private static String sentence(Ask ask, End end) {
        Request request = ask.request();
        String asked =
                request.isBytes() ? request.toString().replaceFirst("^GET ", "a connection to ") : request.toString();
        return "%s from %s: %s".formatted(asked, request.from(), end.verdict().summary());
    }

    /**
     * Somebody else may run the pods that a Service selects if none of them are given, or start those without replicas
     * later; a host that is not there may be elsewhere, and what a gateway sees of a namespace depends on its own.
     */
    private boolean restsOnAbsence(End end) {
        if (end.flag().equals(UNKNOWN_CLUSTER)) {
            return end.unseen()
                    || end.last()
                            .noneMatch(
                                    source -> KNOWN.contains(source.manifest().kind()));
        }
        return end.flag().equals(NO_HEALTHY)
                && end.last()
                        .map(Source::manifest)
                        .flatMap(object -> mesh.services().all().stream()
                                .filter(service -> service.source().manifest() == object))
                        .filter(service -> service.selector().isPresent())
                        .map(mesh.services()::pods)
                        .anyMatch(pods -> pods.isEmpty()
                                || pods.stream().anyMatch(pod -> pod.replicas().orElse(1) == 0));
    }
}
