package io.meshwright.mesh.gatewayapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.route.ConnectionRoute;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code tls} or {@code tcp} entries that istiod makes of the rules of a TLSRoute or TCPRoute (conversion.go,
 * convertTLSRoute and convertTCPRoute).
 */
record ApiConnections(Manifest route, MeshConfig mesh) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Returns the list that they belong to. */
    private String list() {
        return route.kind().equals(Kind.TLS_ROUTE) ? "tls" : "tcp";
    }

    /** For a listener, by names in TLS. */
    Map<String, List<ConnectionRoute>> atListener(VirtualService owner, List<String> names) {
        return made(owner, names, Optional.empty());
    }

    /** For callers of a host of the mesh, whose name stands for none; several names are those that the host covers. */
    Map<String, List<ConnectionRoute>> onMesh(VirtualService owner, String host, Optional<Integer> port) {
        List<String> covered = names().stream()
                .filter(name -> names().size() == 1 || HostName.overlap(host, name))
                .toList();
        return made(owner, names().isEmpty() ? List.of(host) : covered, port);
    }

    private List<String> names() {
        return route.texts("/spec/hostnames");
    }

    private Map<String, List<ConnectionRoute>> made(VirtualService owner, List<String> names, Optional<Integer> port) {
        List<ConnectionRoute> entries = new ArrayList<>();
        for (int index = 0; index < route.at("/spec/rules").size(); index++) {
            Source source = Source.of(route).item("spec/rules", index);
            List<JsonNode> backends = Fields.items(route.at(source.pointer()).path("backendRefs"));
            if (backends.stream().anyMatch(ApiBackend::isRefused)) {
                return Map.of();
            }
            ObjectNode body = NODES.objectNode();
            ObjectNode match = NODES.objectNode();
            if (list().equals("tls")) {
                names.forEach(match.putArray("sniHosts")::add);
            }
            port.ifPresent(number -> match.put("port", number));
            if (!match.isEmpty()) {
                body.putArray("match").add(match);
            }
            if (ApiBackend.takeAny(backends)) {
                ApiBackend.add(body, backends, route, mesh);
            }
            entries.add(new ConnectionRoute(owner, source, body));
        }
        return Map.of(list(), entries);
    }
}
