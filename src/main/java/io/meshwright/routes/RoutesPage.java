package io.meshwright.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.page.Markdown;
import io.meshwright.page.MarkdownTable;
import io.meshwright.value.Duration;
import io.meshwright.value.MeshwrightNames;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the routes of one environment as a Markdown page, host by host and in the order in which Istio tries them. */
public final class RoutesPage {
    private final Markdown page;
    private final Mesh mesh;

    private RoutesPage(Markdown page, Mesh mesh) {
        this.page = page;
        this.mesh = mesh;
    }

    /**
     * The whole page, with a line feed at its end.
     *
     * @param silences who closes a stream on which nothing comes for how long
     */
    public static String of(String environment, Mesh mesh, SortedMap<String, Duration> silences) {
        Markdown text = Markdown.titled("Routes of %s".formatted(environment));
        RoutesPage page = new RoutesPage(text, mesh);
        page.streams(silences);
        Stream.concat(
                        mesh.virtualServices().all().stream(),
                        mesh.virtualServices().ofGatewayApi().stream()
                                .filter(service ->
                                        !mesh.virtualServices().routes(service).isEmpty()))
                .sorted(Comparator.comparing((VirtualService service) -> service.isOnMesh())
                        .thenComparing(service -> service.hosts().toString()))
                .forEach(page::host);
        return text.toString();
    }

    private void streams(SortedMap<String, Duration> silences) {
        List<String> streams = Stream.concat(
                        mesh.virtualServices().all().stream()
                                .flatMap(service -> streams(service.hosts().get(0), service.manifest())),
                        mesh.manifests().kind(Kind.HTTP_ROUTE).stream()
                                .flatMap(route -> streams(
                                        route.texts("/spec/hostnames").stream()
                                                .findFirst()
                                                .orElse("*"),
                                        route)))
                .sorted()
                .toList();
        page.heading("Streams");
        if (streams.isEmpty()) {
            page.paragraph("No answer stays open.");
            return;
        }
        page.paragraph("These answers stay open: no timeout, no retries. The application must send something at every"
                + " heartbeat, an empty comment will do%s:".formatted(closing(silences)));
        page.list('-', streams);
    }

    private static Stream<String> streams(String host, Manifest routes) {
        return Stream.of(routes.annotations()
                        .getOrDefault(MeshwrightNames.STREAMS, "")
                        .split("; "))
                .filter(stream -> !stream.isEmpty())
                .map(stream -> "%s, %s".formatted(host, stream));
    }

    private static String closing(SortedMap<String, Duration> silences) {
        return silences.isEmpty()
                ? ""
                : ", because a quiet stream is closed by %s"
                        .formatted(silences.entrySet().stream()
                                .map(silence -> "%s after %s".formatted(silence.getKey(), silence.getValue()))
                                .collect(Collectors.joining(", ")));
    }

    private void host(VirtualService service) {
        // Each listener of a Gateway of the Gateway API has routes of its own.
        boolean written = service.manifest().kind().equals(Kind.VIRTUAL_SERVICE);
        page.heading("%s%s%s"
                .formatted(
                        Markdown.inert(service.hosts().stream()
                                .map(host -> host.equals("*") ? "every host" : host)
                                .collect(Collectors.joining(", "))),
                        service.isOnMesh() ? ", called inside the mesh" : "",
                        written || service.isOnMesh()
                                ? ""
                                : " at %s".formatted(service.gateways().get(0))));
        MarkdownTable table = MarkdownTable.of("requests", "go to", "timeout", "further tries", "CORS", "besides");
        mesh.virtualServices()
                .routes(service)
                .forEach(route -> table.markdown(cells(route, own()).toArray(String[]::new)));
        page.table(table);
        page.code("mermaid", HostPicture.of(mesh, service));
    }

    /** Tries of a route that says nothing of them. */
    private String own() {
        return mesh.config().defaultRetries().path("attempts").asText("Istio's own");
    }

    private static Stream<String> cells(HttpRoute route, String own) {
        return Stream.of(
                        requests(route),
                        destinations(route),
                        route.body().path("timeout").asText("none"),
                        route.body().at("/retries/attempts").asText(answered(route) ? "none" : own),
                        route.body().has("corsPolicy") ? "yes" : "no",
                        besides(route))
                .map(cell -> cell.replace("*", "\\*"));
    }

    /** One entry for each match, which are alternatives. */
    private static String requests(HttpRoute route) {
        return route.matches().isEmpty()
                ? "all others"
                : route.matches().stream()
                        .map(match -> match.body().properties().stream()
                                .map(RoutesPage::condition)
                                .collect(Collectors.joining(" ")))
                        .collect(Collectors.joining(" or "));
    }

    private static String condition(Map.Entry<String, JsonNode> condition) {
        JsonNode value = condition.getValue();
        return switch (condition.getKey()) {
            case "uri" -> string(value);
            case "headers", "withoutHeaders", "queryParams" ->
                value.properties().stream()
                        .map(each -> "%s %s %s".formatted(condition.getKey(), each.getKey(), string(each.getValue())))
                        .collect(Collectors.joining(" "));
            default -> "%s %s".formatted(condition.getKey(), value.isObject() ? string(value) : value.asText());
        };
    }

    private static String string(JsonNode match) {
        return match.properties().stream()
                .map(each -> "%s `%s`"
                        .formatted(
                                each.getKey().equals("segments") ? "prefix" : each.getKey(),
                                each.getValue().asText()))
                .findFirst()
                .orElse("present");
    }

    private static String destinations(HttpRoute route) {
        if (answered(route)) {
            return route.isRedirect()
                    ? "a redirect to %s"
                            .formatted(route.body().path("redirect").path("uri").asText("the same path"))
                    : "an answer of the proxy, %s"
                            .formatted(route.body().at("/directResponse/status").asText());
        }
        return route.shares().stream()
                .map(share -> "%s%s"
                        .formatted(
                                called(share.destination()),
                                share.part() < 1 ? " %d %%".formatted(Math.round(share.part() * 100)) : ""))
                .collect(Collectors.joining(", "));
    }

    /** A destination as a reader of this cluster names it. */
    static String called(Destination destination) {
        return "%s%s"
                .formatted(
                        destination.host().replaceFirst("\\.svc\\.cluster\\.local$", ""),
                        destination.subset().map(" %s"::formatted).orElse(""));
    }

    private static boolean answered(HttpRoute route) {
        return route.isRedirect() || route.isDirectResponse();
    }

    private static String besides(HttpRoute route) {
        return Stream.of("rewrite", "headers", "mirrors", "fault")
                .filter(route.body()::has)
                .collect(Collectors.joining(", "));
    }
}
