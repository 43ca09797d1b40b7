package io.meshwright.check.rule.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.HttpMatch;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.VirtualService;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A delegate asks for requests that its root lets through. */
@AutoService(Inspection.class)
public final class DelegatesLieWithinRoots implements Check {
    public static final Rule DELEGATE_ROUTE_LOST = Rule.error("MESH327", "delegate_route_lost")
            .title("A delegate asks for what its root does not let through")
            .consequence("The route vanishes and its requests get 404 or go elsewhere.")
            .remedy("Let every match of the delegate lie within one of the root's, which sees requests before any"
                    + " rewrite.");

    @Override
    public List<Rule> rules() {
        return List.of(DELEGATE_ROUTE_LOST);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.virtualServices().all().stream().flatMap(owner -> lost(mesh, owner));
    }

    private static Stream<Finding> lost(Mesh mesh, VirtualService owner) {
        return owner.written().stream()
                .flatMap(root -> mesh.virtualServices().lost(root).stream()
                        .map(lost -> DELEGATE_ROUTE_LOST.at(
                                lost.source(),
                                "%s delegates %s, and no match of this route lies within that, so it vanishes"
                                        .formatted(owner.manifest(), asked(root)))));
    }

    /** Tells what the first match of a root asks of requests, path first. */
    private static String asked(HttpRoute root) {
        return root.matches().stream()
                .map(HttpMatch::body)
                .findFirst()
                .map(match -> path(match.path("uri")).concat(others(match)))
                .orElse("some requests alone");
    }

    private static String path(JsonNode uri) {
        return Fields.entries(uri).stream()
                .findFirst()
                .map(entry -> form(entry.getKey()).formatted(entry.getValue().asText()))
                .orElse("some requests alone");
    }

    private static String form(String kind) {
        return switch (kind) {
            case "exact" -> "the path \"%s\"";
            case "regex" -> "what fits \"%s\"";
            default -> "what begins with \"%s\"";
        };
    }

    private static String others(JsonNode match) {
        List<String> more = Fields.entries(match).stream()
                .map(Map.Entry::getKey)
                .filter(key -> !key.equals("uri") && !key.equals("name") && !key.equals("ignoreUriCase"))
                .sorted()
                .toList();
        return more.isEmpty() ? "" : " by its %s".formatted(String.join(" and ", more));
    }
}
