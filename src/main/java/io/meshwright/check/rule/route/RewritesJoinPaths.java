package io.meshwright.check.rule.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.MatchCover;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.HttpMatch;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.VirtualService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Envoy puts the rewritten prefix before the rest of the path as it is (RouteAction, prefix_rewrite), so a slash that
 * ends only one of the two is doubled or lost.
 */
@AutoService(Inspection.class)
public final class RewritesJoinPaths implements Check {
    public static final Rule REWRITE_MISPLACES_SLASH = Rule.warning("MESH355", "rewrite_misplaces_slash")
            .title("A rewrite doubles or loses the slash after its prefix")
            .consequence("The service gets a path that it does not have, such as //items or /v1items.")
            .remedy("End both the prefix and the rewrite with a slash, or neither; to take a prefix away, match /api/"
                    + " before /api.");

    private static final String ROOT = "/";

    @Override
    public List<Rule> rules() {
        return List.of(REWRITE_MISPLACES_SLASH);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Stream<Finding> ofGatewayApi = mesh.virtualServices().ofGatewayApi().stream()
                .map(VirtualService::manifest)
                .filter(route -> route.kind().equals(Kind.HTTP_ROUTE))
                .distinct()
                .flatMap(PrefixesReplaced::findings);
        return Stream.concat(mesh.virtualServices().all().stream().flatMap(RewritesJoinPaths::findings), ofGatewayApi);
    }

    private static Stream<Finding> findings(VirtualService service) {
        List<Finding> findings = new ArrayList<>();
        List<HttpMatch> before = new ArrayList<>();
        for (HttpRoute route : service.written()) {
            Optional<String> rewrite = Fields.text(route.body().at("/rewrite/uri"));
            if (rewrite.isPresent() && route.matches().isEmpty()) {
                finding(route, ROOT, rewrite.get()).ifPresent(findings::add);
            }
            for (HttpMatch match : route.matches()) {
                rewrite.flatMap(uri -> finding(route, match, uri, before)).ifPresent(findings::add);
                before.add(match);
            }
        }
        return findings.stream();
    }

    private static Optional<Finding> finding(HttpRoute route, HttpMatch match, String rewrite, List<HttpMatch> before) {
        String prefix = match.body().path("uri").isObject()
                ? match.body().at("/uri/prefix").asText("")
                : ROOT;
        boolean taken = prefix.isEmpty()
                || before.stream().anyMatch(earlier -> MatchCover.covers(earlier.body(), below(match, prefix)));
        return taken ? Optional.empty() : finding(route, prefix, rewrite);
    }

    /** The requests of a match for what lies below its prefix. */
    private static ObjectNode below(HttpMatch match, String prefix) {
        ObjectNode body = match.body().deepCopy();
        body.putObject("uri").put("prefix", prefix.endsWith(ROOT) ? prefix : prefix.concat(ROOT));
        return body;
    }

    private static Optional<Finding> finding(HttpRoute route, String prefix, String rewrite) {
        boolean doubled = !prefix.endsWith(ROOT) && rewrite.endsWith(ROOT);
        // A rewrite that ends otherwise, as in /find?name=, wants the rest of the path glued to it.
        boolean lost = prefix.endsWith(ROOT) && Character.isLetterOrDigit(rewrite.charAt(rewrite.length() - 1));
        if (!doubled && !lost) {
            return Optional.empty();
        }
        String example = prefix.concat(doubled ? "/items" : "items");
        return Optional.of(REWRITE_MISPLACES_SLASH.at(
                route.field("rewrite/uri"),
                "%s becomes %s".formatted(example, rewrite.concat(example.substring(prefix.length())))));
    }
}
