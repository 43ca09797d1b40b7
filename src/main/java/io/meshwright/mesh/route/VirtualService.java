package io.meshwright.mesh.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.Export;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;

/**
 * A VirtualService with its names resolved; {@code hosts} is empty for a delegate, {@code gateways} holds
 * {@code namespace/name} or {@value MESH}.
 */
public record VirtualService(Manifest manifest, List<String> hosts, List<String> gateways, Export export) {
    /** Istio's word for all sidecars. */
    public static final String MESH = "mesh";

    static VirtualService of(Manifest manifest, MeshConfig mesh) {
        List<String> hosts = manifest.texts("/spec/hosts").stream()
                .map(host -> HostName.resolve(host, manifest.home(), mesh.domain()))
                .toList();
        List<String> written = manifest.texts("/spec/gateways");
        List<String> gateways = written.isEmpty()
                ? List.of(MESH)
                : written.stream().map(name -> gateway(name, manifest.home())).toList();
        return new VirtualService(
                manifest,
                hosts,
                gateways,
                Export.of(manifest.at("/spec/exportTo"), manifest.home(), mesh.virtualServiceExport()));
    }

    /**
     * Resolves the name of a gateway as an object of that namespace writes it (pilot/pkg/model, resolveGatewayName).
     */
    public static String gateway(String name, String namespace) {
        if (name.equals(MESH)) {
            return name;
        }
        int slash = name.indexOf('/');
        if (slash >= 0) {
            return name.startsWith("./") ? namespace.concat(name.substring(1)) : name;
        }
        // The form name.namespace.svc... is of Istio's first releases and still read.
        String[] parts = name.split("\\.", 3);
        return parts.length == 1 ? "%s/%s".formatted(namespace, name) : "%s/%s".formatted(parts[1], parts[0]);
    }

    public boolean isDelegate() {
        return hosts.isEmpty();
    }

    /** True if sidecars heed it, as opposed to gateways only. */
    public boolean isOnMesh() {
        return gateways.contains(MESH);
    }

    public boolean isBoundTo(String gateway) {
        return gateways.contains(gateway);
    }

    /** The HTTP routes as written, delegates not followed. */
    public List<HttpRoute> written() {
        List<HttpRoute> routes = new ArrayList<>();
        for (int index = 0; index < manifest.at("/spec/http").size(); index++) {
            routes.add(HttpRoute.of(this, Source.of(manifest).item("spec/http", index)));
        }
        return routes;
    }

    /** The entries of {@code tls} or {@code tcp} as written. */
    public List<Source> connections(String list) {
        List<Source> routes = new ArrayList<>();
        for (int index = 0; index < manifest.at("/spec").path(list).size(); index++) {
            routes.add(Source.of(manifest).item("spec/".concat(list), index));
        }
        return routes;
    }

    /** The field at a JSON Pointer. */
    public JsonNode at(String pointer) {
        return manifest.at(pointer);
    }

    @Override
    public String toString() {
        return manifest.toString();
    }
}
