package io.meshwright.sweep;

import io.meshwright.check.Rule;
import io.meshwright.check.Suspicion;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.request.Request;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells an end that nobody can want from one that somebody may have meant, or that only an absence makes. */
final class Judge {
    private static final String RBAC = "RBAC";
    private static final String NO_ROUTE = "NR";
    private static final String NO_HEALTHY = "UH";
    private static final String UNKNOWN_CLUSTER = "NC";
    private static final Set<Kind> KNOWN = Set.of(Kind.SERVICE, Kind.SERVICE_ENTRY, Kind.DESTINATION_RULE);
    /** What the proxy or somebody who wrote the route answers on purpose. */
    private static final Set<String> MEANT = Set.of("FI");

    private final Mesh mesh;

    Judge(Mesh mesh) {
        this.mesh = mesh;
    }

    Optional<Suspicion> suspicion(Ask ask, End end) {
        return rule(ask, end)
                .filter(rule -> !restsOnAbsence(end))
                .map(rule -> new Suspicion(
                        rule.at(ask.about(), sentence(ask, end)),
                        end.sources(),
                        end.last().toList()));
    }

    private static String sentence(Ask ask, End end) {
        Request request = ask.request();
        String asked =
                request.isBytes() ? request.toString().replaceFirst("^GET ", "a connection to ") : request.toString();
        return "%s from %s: %s".formatted(asked, request.from(), end.verdict().summary());
    }

    private Optional<Rule> rule(Ask ask, End end) {
        if (MEANT.contains(end.flag())) {
            return Optional.empty();
        }
        if (end.flag().equals(RBAC) || isOfFirewall(end)) {
            return ask.sake() == Ask.Sake.RULE && isInVain(ask, end)
                    ? Optional.of(RequestsArrive.RULE_IN_VAIN)
                    : Optional.empty();
        }
        if (ask.sake() == Ask.Sake.RULE || isMeant(end)) {
            return Optional.empty();
        }
        if (end.isCircular()) {
            return Optional.of(RequestsArrive.REQUEST_IN_CIRCLES);
        }
        if (!end.flag().equals(NO_ROUTE)) {
            return Optional.of(RequestsArrive.REQUEST_FAILS);
        }
        // A host without any route may be waiting for one.
        return ask.sake() == Ask.Sake.HOST ? Optional.empty() : Optional.of(RequestsArrive.REQUEST_WITHOUT_ROUTE);
    }

    /** An answer without a flag is one that somebody wrote, or the wish for a token. */
    private static boolean isMeant(End end) {
        return end.verdict() instanceof Answered && end.flag().isEmpty();
    }

    private static boolean isOfFirewall(End end) {
        return end.last().anyMatch(source -> source.manifest().kind().equals(Kind.NETWORK_POLICY));
    }

    /** A DENY rule is meant to go before others, and another pod's policies may be meant to be stricter. */
    private static boolean isInVain(Ask ask, End end) {
        List<Manifest> refusing = end.last().map(Source::manifest).toList();
        return refusing.contains(ask.about().manifest());
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
