package io.meshwright.check.rule.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.HostName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The way in which cert-manager lets an authority check that a name is the owner's. */
record AcmeSolver(JsonNode body) {
    /** The solver of an issuer for one name of a certificate: the one that is said for the name most exactly. */
    static Optional<AcmeSolver> of(Manifest issuer, Manifest certificate, String name) {
        return Fields.items(issuer.at("/spec/acme/solvers")).stream()
                // An authority asks for a wildcard by DNS alone.
                .filter(solver -> !HostName.isWildcard(name) || solver.has("dns01"))
                .filter(solver -> isFor(solver.path("selector"), certificate, name))
                // Of several that are as exact as each other the first counts.
                .min(Comparator.comparing((JsonNode solver) -> names(solver).isEmpty())
                        .thenComparing(solver -> -zone(solver, name))
                        .thenComparing(solver -> -labels(solver).size()))
                .map(AcmeSolver::new);
    }

    private static boolean isFor(JsonNode selector, Manifest certificate, String name) {
        List<String> names = Fields.texts(selector.path("dnsNames"));
        List<String> zones = Fields.texts(selector.path("dnsZones"));
        return certificate
                        .labels()
                        .entrySet()
                        .containsAll(
                                Fields.strings(selector.path("matchLabels")).entrySet())
                && (names.isEmpty() || names.contains(name))
                && (zones.isEmpty() || zones.stream().anyMatch(zone -> lies(name, zone)));
    }

    private static boolean lies(String name, String zone) {
        return name.equals(zone) || name.endsWith(".".concat(zone));
    }

    private static List<String> names(JsonNode solver) {
        return Fields.texts(solver.at("/selector/dnsNames"));
    }

    private static int zone(JsonNode solver, String name) {
        return Fields.texts(solver.at("/selector/dnsZones")).stream()
                .filter(zone -> lies(name, zone))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    private static Map<String, String> labels(JsonNode solver) {
        return Fields.strings(solver.at("/selector/matchLabels"));
    }

    /** True if it puts the answer behind an Ingress of the class, by which istiod serves it. */
    boolean isByIngress(String name) {
        JsonNode ingress = body.at("/http01/ingress");
        return Stream.of("class", "ingressClassName")
                .anyMatch(field -> ingress.path(field).asText("").equals(name));
    }
}
