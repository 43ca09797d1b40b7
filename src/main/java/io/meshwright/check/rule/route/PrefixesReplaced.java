package io.meshwright.check.rule.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.Finding;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The prefixes that filters of an HTTPRoute replace: Istio takes the slash from the end of a rewrite, and Envoy then
 * puts it before what follows the prefix "/", so that /items becomes /appitems (istio issue 60182).
 */
final class PrefixesReplaced {
    private static final String ROOT = "/";

    private PrefixesReplaced() {}

    static Stream<Finding> findings(Manifest route) {
        return Source.of(route)
                .items("spec/rules")
                .filter(rule -> matchesRoot(rule.value()))
                .flatMap(rule -> rule.items("filters"))
                .flatMap(filter -> Stream.of("urlRewrite", "requestRedirect")
                        .map(kind -> filter.at("/".concat(kind).concat("/path/replacePrefixMatch"))))
                .flatMap(field -> finding(field).stream());
    }

    /** A rule without a match, and a match without a path, mean the prefix "/". */
    private static boolean matchesRoot(JsonNode rule) {
        List<JsonNode> matches = Fields.items(rule.path("matches"));
        return matches.isEmpty()
                || matches.stream()
                        .map(match -> match.path("path"))
                        .anyMatch(path -> path.path("type").asText("PathPrefix").equals("PathPrefix")
                                && path.path("value").asText(ROOT).equals(ROOT));
    }

    private static Optional<Finding> finding(Source field) {
        String written = field.value().asText("");
        boolean rewrite = field.pointer().contains("urlRewrite");
        String prefix = rewrite && written.endsWith(ROOT) ? written.substring(0, written.length() - 1) : written;
        return prefix.isEmpty() || prefix.endsWith(ROOT)
                ? Optional.empty()
                : Optional.of(RewritesJoinPaths.REWRITE_MISPLACES_SLASH
                        .at(field, "/items becomes %sitems".formatted(prefix))
                        .remedy("Match the parts of the path by prefixes of their own; the prefix \"/\" cannot be"
                                + " replaced by another."));
    }
}
