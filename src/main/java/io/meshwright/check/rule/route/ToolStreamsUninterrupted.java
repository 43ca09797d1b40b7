package io.meshwright.check.rule.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.GatewayRoute;
import io.meshwright.check.evidence.ToolImage;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.route.HttpMatch;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.RouteEntry;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.value.Duration;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.traffic.Stream.Protocol;
import io.meshwright.value.traffic.StreamingTool;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A route that takes the streams of a known tool must neither end them nor begin them again. */
@AutoService(Inspection.class)
public final class ToolStreamsUninterrupted implements Check {
    public static final Rule TOOL_STREAM_INTERRUPTED = Rule.warning("MESH317", "tool_stream_interrupted")
            .title("The streams of a tool stand behind a timeout")
            .consequence("Its pages stand still until they connect again, and logs that somebody follows end.")
            .remedy("Leave timeout and retries.perTryTimeout out on the routes of the tool.");

    @Override
    public List<Rule> rules() {
        return List.of(TOOL_STREAM_INTERRUPTED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Stream<Table> written = mesh.virtualServices().all().stream()
                .filter(service -> !service.isDelegate())
                .map(service ->
                        new Table(service.hosts(), mesh.virtualServices().routes(service)));
        // What istiod makes of HTTPRoutes is nowhere but in the tables of their gateways.
        Stream<Table> made = GatewayRoute.of(mesh).stream()
                .filter(entry -> entry.route().isOfGatewayApi())
                .map(GatewayRoute::host)
                .distinct()
                .map(host -> new Table(
                        List.of(host.domain()),
                        host.routes().stream().map(RouteEntry::route).distinct().toList()));
        return Stream.concat(written, made)
                .flatMap(table -> table.routes().stream()
                        .flatMap(route -> tool(mesh, route).stream()
                                .flatMap(tool -> paths(route, tool)
                                        .flatMap(path -> finding(mesh, table, route, tool, path).stream())
                                        .limit(1))));
    }

    /** Routes of some hosts in the order in which they are tried. */
    private record Table(List<String> hosts, List<HttpRoute> routes) {
        boolean takes(HttpRoute route, String path, IstioVersion version) {
            String host = hosts.stream()
                    .filter(name -> !name.startsWith("*"))
                    .findFirst()
                    .orElse("www.example.com");
            HttpRequest request = HttpRequest.of("GET", "https", host, path).with("accept", "text/event-stream");
            return routes.stream()
                    .filter(each -> each.fits(request, version))
                    .findFirst()
                    .filter(route::equals)
                    .isPresent();
        }
    }

    /** The stream's path by itself, and below a prefix under which the whole tool is served. */
    private static Stream<String> paths(HttpRoute route, StreamingTool tool) {
        Stream<String> mounts = route.matches().stream()
                .map(HttpMatch::body)
                .map(match -> match.path("uri"))
                .map(uri -> uri.path("prefix")
                        .asText(uri.path("segments").asText(""))
                        .replaceFirst("/+$", ""))
                .filter(prefix ->
                        prefix.contains(tool.mount()) && tool.paths().stream().noneMatch(prefix::startsWith));
        return Stream.concat(Stream.of(""), mounts)
                .distinct()
                .flatMap(mount -> tool.paths().stream().map(mount::concat));
    }

    private static Optional<Finding> finding(Mesh mesh, Table table, HttpRoute route, StreamingTool tool, String path) {
        if (!table.takes(route, path, mesh.version())) {
            return Optional.empty();
        }
        JsonNode timeout = route.body().path("timeout");
        JsonNode each = route.body().at("/retries/perTryTimeout");
        if (isLimit(timeout)) {
            return Optional.of(TOOL_STREAM_INTERRUPTED
                    .at(route.field("timeout"), said(tool, path, timeout.asText()))
                    .as(severity(tool)));
        }
        // A try counts until the answer begins, which that of a websocket does at once.
        return tool.protocol() == Protocol.SSE
                        && isLimit(each)
                        && Fields.number(route.body().at("/retries/attempts")).orElse(1) > 0
                ? Optional.of(TOOL_STREAM_INTERRUPTED.at(
                        route.isOfGatewayApi()
                                ? route.field("timeout")
                                : route.source().at("/retries/perTryTimeout"),
                        "%s answers %s when there is something to say, and a try is given up after %s"
                                .formatted(tool, path, each.asText())))
                : Optional.empty();
    }

    private static String said(StreamingTool tool, String path, String timeout) {
        return tool.protocol() == Protocol.SSE
                ? "%s sends events on %s for as long as its page is open, and each is cut off after %s"
                        .formatted(tool, path, timeout)
                : "%s keeps a websocket on %s open, and the %s count until it is accepted"
                        .formatted(tool, path, timeout);
    }

    /** Envoy's timeout does not end a websocket that is open (envoy#41068). */
    private static Severity severity(StreamingTool tool) {
        return tool.protocol() == Protocol.SSE ? Severity.WARNING : Severity.INFO;
    }

    private static boolean isLimit(JsonNode duration) {
        try {
            return duration.isTextual() && Duration.of(duration.asText()).millis() > 0;
        } catch (InvalidValue none) {
            return false;
        }
    }

    private static Optional<StreamingTool> tool(Mesh mesh, HttpRoute route) {
        return route.destinations().stream()
                .flatMap(destination -> tool(mesh, destination).stream())
                .findFirst();
    }

    private static Optional<StreamingTool> tool(Mesh mesh, Destination destination) {
        String host = mesh.services().host(destination.host(), destination.namespace());
        Optional<Service> service = mesh.services().find(host, destination.namespace());
        List<Pod> pods = service.map(mesh.services()::pods).orElse(List.of());
        return pods.isEmpty()
                ? ToolImage.ofHost(host)
                : pods.stream().flatMap(pod -> ToolImage.of(pod).stream()).findFirst();
    }
}
