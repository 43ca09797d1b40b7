package io.meshwright.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What istiod makes of HTTPRoutes and GRPCRoutes: one VirtualService for each host of each listener or Service that
 * they name as a parent (pilot/pkg/config/kube/gateway/route_collections.go).
 */
final class ApiRoutes {

  private static final String GATEWAY = "Gateway";

  private final Map<Parent, List<Part>> parts = new LinkedHashMap<>();
  private final Map<String, List<ApiListener>> listeners;
  private final MeshConfig mesh;

  private ApiRoutes(Map<String, List<ApiListener>> listeners, MeshConfig mesh) {
    this.listeners = listeners;
    this.mesh = mesh;
  }

  /** What routes are merged by: all for one host of one listener, or of one Service as seen from a namespace. */
  private record Parent(Kind kind, String gateway, String host, String viewer) {}

  private record Part(Manifest route, Optional<Integer> port) {}

  /** A VirtualService that nobody wrote, and its routes in the order of the Gateway API. */
  record Attached(VirtualService service, List<HttpRoute> routes) {}

  /** {@code listeners} are those of each Gateway by {@code namespace/name}. */
  static List<Attached> of(Manifests manifests, Map<String, List<ApiListener>> listeners, MeshConfig mesh) {
    ApiRoutes routes = new ApiRoutes(listeners, mesh);
    for (Kind kind : List.of(Kind.HTTP_ROUTE, Kind.GRPC_ROUTE)) {
      manifests.kind(kind).stream().sorted(Age.ORDER).forEach(routes::attach);
    }
    return routes.parts.entrySet().stream().map(entry -> routes.merged(entry.getKey(), entry.getValue())).toList();
  }

  private void attach(Manifest route) {
    for (JsonNode parent : Fields.items(route.at("/spec/parentRefs"))) {
      String namespace = Fields.text(parent.path("namespace")).orElse(route.home());
      String name = parent.path("name").asText("");
      switch (parent.path("kind").asText(GATEWAY)) {
        case GATEWAY -> toGateway(route, parent, listeners.getOrDefault("%s/%s".formatted(namespace, name), List.of()));
        case "Service" -> toService(route, parent, HostName.ofService(name, namespace, mesh.domain()));
        default -> { }
      }
    }
  }

  private void toGateway(Manifest route, JsonNode parent, List<ApiListener> candidates) {
    List<String> written = route.texts("/spec/hostnames").stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    List<String> hosts = written.isEmpty() ? List.of("*") : written;
    for (ApiListener listener : candidates) {
      if (listener.admits(route, parent, hosts)) {
        hosts.stream().filter(host -> listener.keeps(host, candidates)).forEach(host ->
            add(new Parent(route.kind(), listener.server().gateway(), host, ""), new Part(route, Optional.empty())));
      }
    }
  }

  private void toService(Manifest route, JsonNode parent, String host) {
    Optional<Integer> port = Fields.number(parent.path("port"));
    String viewer = "%s:%s".formatted(route.home(), port.map(Object::toString).orElse(""));
    add(new Parent(route.kind(), VirtualService.MESH, host, viewer), new Part(route, port));
  }

  private void add(Parent parent, Part part) {
    List<Part> there = parts.computeIfAbsent(parent, none -> new ArrayList<>());
    if (!there.contains(part)) {
      there.add(part);
    }
  }

  private Attached merged(Parent parent, List<Part> merged) {
    Manifest first = merged.get(0).route();
    VirtualService owner = new VirtualService(first, List.of(parent.host()), List.of(parent.gateway()),
        export(parent, first));
    List<HttpRoute> routes = new ArrayList<>();
    for (Part part : merged) {
      for (int index = 0; index < part.route().at("/spec/rules").size(); index++) {
        Source rule = Source.of(part.route()).item("spec/rules", index);
        routes.addAll(new ApiRule(rule, index, mesh).routes(owner, part.port()));
      }
    }
    return new Attached(owner, routes.stream().sorted(ApiPrecedence.ORDER).toList());
  }

  /** A route for a Service of another namespace concerns the callers of its own namespace only. */
  private Export export(Parent parent, Manifest route) {
    boolean own = !parent.gateway().equals(VirtualService.MESH)
        || parent.host().equals(HostName.ofService(parent.host().substring(0, parent.host().indexOf('.')),
            route.home(), mesh.domain()));
    return own ? Export.everywhere(route.home()) : Export.own(route.home());
  }
}
