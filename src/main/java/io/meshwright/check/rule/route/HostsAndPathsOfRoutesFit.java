package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.stream.Stream;

/** A route asks for hosts and paths that requests have: whole names, and no wildcard where none counts. */
@AutoService(Inspection.class)
public final class HostsAndPathsOfRoutesFit implements Check {
    public static final Rule SHORT_HOST_AT_GATEWAY = Rule.warning("MESH328", "short_host_at_gateway")
            .title("A route of a gateway has a host of one label")
            .consequence(
                    "Istio completes it to a Service of the route's namespace, so a request for the name itself gets"
                            + " 404.")
            .remedy("Write the name with its domain, or \"*\" for every name.");

    public static final Rule ASTERISK_IN_PATH = Rule.warning("MESH329", "asterisk_in_path")
            .title("A route asks for a path with an asterisk")
            .consequence(
                    "Prefixes and exact paths know no wildcard, so only a request with an asterisk in its path fits.")
            .remedy("Write the prefix before the asterisk, or a regex.");

    @Override
    public List<Rule> rules() {
        return List.of(SHORT_HOST_AT_GATEWAY, ASTERISK_IN_PATH);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Completeness completeness = new Completeness(mesh);
        return Stream.concat(
                mesh.virtualServices().all().stream()
                        .flatMap(owner -> Stream.concat(hosts(mesh, completeness, owner), paths(owner))),
                mesh.manifests().kind(Kind.HTTP_ROUTE).stream().flatMap(HostsAndPathsOfRoutesFit::apiPaths));
    }

    private static Stream<Finding> hosts(Mesh mesh, Completeness completeness, VirtualService owner) {
        Manifest manifest = owner.manifest();
        boolean atGateways = owner.gateways().stream().anyMatch(name -> !name.equals(VirtualService.MESH));
        // Where nothing of the namespace is given the name may well be that of a Service there.
        if (!atGateways || owner.isOnMesh() || !completeness.services(manifest.home())) {
            return Stream.empty();
        }
        List<String> written = manifest.texts("/spec/hosts");
        return Stream.iterate(0, index -> index + 1)
                .limit(written.size())
                .filter(index -> written.get(index).indexOf('.') < 0
                        && !written.get(index).equals("*"))
                .filter(index -> mesh.services()
                        .kubernetes(manifest.home(), written.get(index))
                        .isEmpty())
                .map(index -> SHORT_HOST_AT_GATEWAY.at(
                        Source.of(manifest).item("spec/hosts", index),
                        "\"%s\" stands for %s, so a request for http://%1$s/ gets 404"
                                .formatted(
                                        written.get(index),
                                        HostName.ofService(
                                                written.get(index),
                                                manifest.home(),
                                                mesh.config().domain()))));
    }

    private static Stream<Finding> paths(VirtualService owner) {
        return owner.written().stream()
                .flatMap(route -> route.matches().stream())
                .flatMap(match -> Stream.of("prefix", "exact")
                        .filter(type ->
                                match.body().at("/uri").path(type).asText("").contains("*"))
                        .map(type -> asterisk(
                                match.source().at("/uri/".concat(type)),
                                match.body().at("/uri").path(type).asText())));
    }

    private static Stream<Finding> apiPaths(Manifest route) {
        return Source.of(route)
                .items("spec/rules")
                .flatMap(rule -> rule.items("matches"))
                .map(match -> match.at("/path"))
                .filter(path -> !path.value().path("type").asText("").equals("RegularExpression"))
                .map(path -> path.at("/value"))
                .filter(value -> value.value().asText("").contains("*"))
                .map(value -> asterisk(value, value.value().asText()));
    }

    private static Finding asterisk(Source path, String written) {
        return ASTERISK_IN_PATH.at(
                path, "\"%s\" is taken as it is written: only a path with an asterisk there fits".formatted(written));
    }
}
