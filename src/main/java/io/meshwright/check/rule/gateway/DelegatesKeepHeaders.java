package io.meshwright.check.rule.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.VirtualService;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The headers of a delegate's route replace those of the route that delegates (pilot/pkg/model, mergeHTTPRoute). */
@AutoService(Inspection.class)
public final class DelegatesKeepHeaders implements Check {
    public static final Rule HEADERS_REPLACED = Rule.warning("MESH437", "headers_replaced")
            .title("The headers of a route are replaced by those of the route that it delegates to")
            .consequence("The headers of the two are not merged: the first ones are neither set, added nor removed.")
            .remedy("Write them in the delegate's routes too.");

    @Override
    public List<Rule> rules() {
        return List.of(HEADERS_REPLACED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.virtualServices().all().stream()
                .filter(service -> !service.isDelegate())
                .flatMap(service -> service.written().stream())
                .flatMap(root -> root
                        .delegate()
                        .flatMap(name -> mesh.virtualServices()
                                .delegate(name, root.owner().manifest().home()))
                        .flatMap(delegate -> lost(root, delegate))
                        .stream());
    }

    private static Optional<Finding> lost(HttpRoute root, VirtualService delegate) {
        JsonNode headers = root.body().path("headers");
        for (HttpRoute route : delegate.written()) {
            Set<String> lost = new TreeSet<>();
            if (route.body().path("headers").isObject()) {
                for (String side : List.of("request", "response")) {
                    Set<String> missing = names(headers.path(side));
                    missing.removeAll(names(route.body().path("headers").path(side)));
                    missing.forEach(name -> lost.add("%s of the %s".formatted(name, side)));
                }
            }
            if (!lost.isEmpty()) {
                return Optional.of(HEADERS_REPLACED.at(
                        root.source().at("/headers"),
                        "a route of %s has headers of its own, so these do not act there: %s"
                                .formatted(delegate, String.join(", ", lost))));
            }
        }
        return Optional.empty();
    }

    private static Set<String> names(JsonNode operations) {
        Set<String> names = new TreeSet<>();
        for (String kind : List.of("set", "add")) {
            operations.path(kind).fieldNames().forEachRemaining(name -> names.add(name.toLowerCase(Locale.ROOT)));
        }
        Fields.texts(operations.path("remove")).forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        return names;
    }
}
