package io.meshwright.check.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.Finding;
import io.meshwright.check.Severity;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A destination or mirror as a route of any protocol writes it. */
public record WrittenDestination(
        VirtualService owner, Source source, String host, Optional<String> subset, Optional<Integer> port) {
    public static List<WrittenDestination> of(VirtualService owner) {
        List<WrittenDestination> targets = new ArrayList<>();
        for (String list : List.of("http", "tls", "tcp")) {
            for (int index = 0; index < owner.at("/spec").path(list).size(); index++) {
                route(owner, Source.of(owner.manifest()).item("spec/".concat(list), index), targets);
            }
        }
        return targets;
    }

    private static void route(VirtualService owner, Source route, List<WrittenDestination> targets) {
        for (String list : List.of("route", "mirrors")) {
            for (int index = 0; index < owner.at(route.pointer()).path(list).size(); index++) {
                add(owner, route.item(list, index).at("/destination"), targets);
            }
        }
        add(owner, route.at("/mirror"), targets);
    }

    private static void add(VirtualService owner, Source source, List<WrittenDestination> targets) {
        JsonNode body = owner.at(source.pointer());
        if (body.isObject()) {
            targets.add(new WrittenDestination(
                    owner,
                    source,
                    body.path("host").asText(""),
                    Fields.text(body.path("subset")),
                    Fields.number(body.at("/port/number"))));
        }
    }

    /** True if sidecars heed it for HTTP, whatever port or gateway its matches may ask for. */
    public boolean isForRequestsOfMesh() {
        JsonNode matches = owner.at(source.pointer().replaceFirst("/(route|mirrors?)(/.*)?$", "/match"));
        return source.pointer().matches("/spec/http/\\d+/route/\\d+/destination")
                && owner.isOnMesh()
                && Fields.items(matches).stream().noneMatch(match -> match.has("port") || match.has("gateways"));
    }

    /** True if sidecars heed it for HTTP on this port, as its matches and gateways ask. */
    public boolean isForRequestsOfMesh(int port) {
        List<JsonNode> matches =
                Fields.items(owner.at(source.pointer().replaceFirst("/(route|mirrors?)(/.*)?$", "/match")));
        return source.pointer().matches("/spec/http/\\d+/route/\\d+/destination")
                && owner.isOnMesh()
                && (matches.isEmpty() || matches.stream().anyMatch(match -> isHeeded(match, port)));
    }

    private static boolean isHeeded(JsonNode match, int port) {
        List<String> gateways = Fields.texts(match.path("gateways"));
        return (gateways.isEmpty() || gateways.contains(VirtualService.MESH))
                && match.path("port").asInt(port) == port;
    }

    /** True if only copies of requests go there, for whose answers nobody waits. */
    public boolean isMirror() {
        return source.pointer().contains("/mirror");
    }

    /** The effect on clients where no proxy has a cluster for it: none, an end of their connection, or an answer. */
    public String withoutCluster() {
        if (isMirror()) {
            return "so nothing is copied there";
        }
        return source.pointer().startsWith("/spec/http/")
                ? "so the proxy answers 503 with flag NC"
                : "so the proxy closes the connection with flag NC";
    }

    /** As grave as its rule, and a warning where nobody who calls sees it. */
    public Finding weighed(Finding finding) {
        return isMirror() && finding.isError() ? finding.as(Severity.WARNING) : finding;
    }

    public Destination destination() {
        return new Destination(host, subset, port, 0, source, namespace());
    }

    public String namespace() {
        return owner.manifest().home();
    }

    public Optional<Service> service(Mesh mesh) {
        String full = mesh.services().host(host, namespace());
        return mesh.services()
                .find(full, namespace())
                .or(() -> mesh.services().of(full).stream().findFirst());
    }
}
