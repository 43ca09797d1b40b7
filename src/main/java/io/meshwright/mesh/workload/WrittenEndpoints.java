package io.meshwright.mesh.workload;

import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.workload.Service.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The addresses behind Services that Endpoints and EndpointSlices say, as somebody writes them or a cluster has them.
 */
public final class WrittenEndpoints {
    private static final Kind ENDPOINTS = new Kind("", "Endpoints");
    private static final Kind SLICE = new Kind("discovery.k8s.io", "EndpointSlice");
    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    private final Map<String, List<Endpoint>> byService = new TreeMap<>();

    public WrittenEndpoints(Manifests manifests) {
        for (Manifest endpoints : manifests.kind(ENDPOINTS)) {
            Fields.items(endpoints.at("/subsets")).stream()
                    .flatMap(subset -> Fields.items(subset.path("addresses")).stream())
                    .forEach(address ->
                            add(endpoints, endpoints.name(), address.path("ip").asText("")));
        }
        for (Manifest slice : manifests.kind(SLICE)) {
            Fields.items(slice.at("/endpoints")).stream()
                    .flatMap(endpoint -> Fields.texts(endpoint.path("addresses")).stream())
                    .forEach(address -> add(slice, slice.labels().getOrDefault(SERVICE_NAME, ""), address));
        }
    }

    private void add(Manifest owner, String service, String address) {
        byService
                .computeIfAbsent("%s/%s".formatted(owner.home(), service), none -> new ArrayList<>())
                .add(new Endpoint(address));
    }

    public List<Endpoint> of(Manifest service) {
        return byService.getOrDefault("%s/%s".formatted(service.home(), service.name()), List.of());
    }
}
