package io.meshwright.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The way from gateways through a host to the pods, as a flowchart of Mermaid, which GitHub and GitLab draw. */
final class HostPicture {
    private static final int NAMED = 2;
    private static final int LONGEST = 40;

    private final Mesh mesh;
    private final VirtualService host;
    private final Map<String, String> nodes = new LinkedHashMap<>();
    private final Set<String> edges = new LinkedHashSet<>();

    private HostPicture(Mesh mesh, VirtualService host) {
        this.mesh = mesh;
        this.host = host;
    }

    /** Line by line. */
    static List<String> of(Mesh mesh, VirtualService host) {
        return new HostPicture(mesh, host).lines();
    }

    private List<String> lines() {
        String name = node(host.hosts().contains("*") ? "every host" : String.join(", ", host.hosts()));
        host.gateways()
                .forEach(gateway -> edge(
                        node(
                                gateway.equals(VirtualService.MESH)
                                        ? "workloads of the mesh"
                                        : "gateway ".concat(gateway)),
                        "",
                        name));
        Map<String, Set<String>> paths = new LinkedHashMap<>();
        for (HttpRoute route : mesh.virtualServices().routes(host)) {
            ends(route)
                    .forEach(end -> paths.computeIfAbsent(end, none -> new LinkedHashSet<>())
                            .addAll(paths(route)));
        }
        paths.forEach((end, those) -> edge(name, label(those), end));
        List<String> lines = new ArrayList<>(List.of("flowchart LR"));
        nodes.forEach((text, id) -> lines.add("  %s[\"%s\"]".formatted(id, quoted(text))));
        lines.addAll(edges);
        return lines;
    }

    private String node(String text) {
        return nodes.computeIfAbsent(text, none -> "n%d".formatted(nodes.size()));
    }

    private void edge(String from, String label, String to) {
        edges.add(
                label.isEmpty()
                        ? "  %s --> %s".formatted(from, to)
                        : "  %s -->|\"%s\"| %s".formatted(from, quoted(label), to));
    }

    /** Text that ends no label and begins no markup (mermaid, entity codes). */
    private static String quoted(String text) {
        return text.codePoints()
                .mapToObj(character -> Character.isLetterOrDigit(character) || " ./:-_,*%()".indexOf(character) >= 0
                        ? Character.toString(character)
                        : "#%d;".formatted(character))
                .collect(Collectors.joining());
    }

    private static List<String> paths(HttpRoute route) {
        return route.matches().isEmpty()
                ? List.of("all others")
                : route.matches().stream()
                        .map(match -> path(match.body().path("uri")))
                        .distinct()
                        .toList();
    }

    private static String path(JsonNode uri) {
        if (uri.has("regex")) {
            return "a pattern";
        }
        String text = uri.path("prefix")
                .asText(uri.path("segments").asText(uri.path("exact").asText("some of all")));
        return text.length() > LONGEST ? text.substring(0, LONGEST).concat("…") : text;
    }

    private static String label(Set<String> paths) {
        String named = paths.stream().limit(NAMED).collect(Collectors.joining(", "));
        return paths.size() > NAMED ? "%s and %d more".formatted(named, paths.size() - NAMED) : named;
    }

    /** The nodes in which a route ends. */
    private List<String> ends(HttpRoute route) {
        if (route.isRedirect()) {
            return List.of(node("redirect"));
        }
        if (route.isDirectResponse()) {
            return List.of(node("the proxy answers %s"
                    .formatted(route.body().at("/directResponse/status").asText())));
        }
        return route.shares().stream().map(this::end).distinct().toList();
    }

    private String end(HttpRoute.Share share) {
        Destination destination = share.destination();
        String part = share.part() < 1 ? ", %d %%".formatted(Math.round(share.part() * 100)) : "";
        String end = node(RoutesPage.called(destination).concat(part));
        pods(destination)
                .forEach(pod ->
                        edge(end, "", node("pods of %s".formatted(pod.source().manifest()))));
        return end;
    }

    private Stream<Pod> pods(Destination destination) {
        Optional<Service> service =
                mesh.services().find(destination.host(), host.manifest().home());
        return service.stream()
                .flatMap(found -> destination
                        .subset()
                        .map(name -> mesh
                                .destinationRules()
                                .seenBy(host.manifest().home(), found.host())
                                .stream()
                                .flatMap(
                                        rule -> Stream.ofNullable(rule.subsets().get(name)))
                                .flatMap(subset -> mesh.destinationRules().pods(found, subset).stream()))
                        .orElseGet(() -> mesh.services().pods(found).stream()));
    }
}
