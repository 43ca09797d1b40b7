package io.meshwright.mesh.gatewayapi;

import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Namespaces;
import io.meshwright.mesh.workload.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The Gateways that istiod makes of those of the Gateway API and of the ListenerSets that join them. */
public final class ApiGateways {
    private final ApiChannel channel;
    private final List<Gateway> gateways = new ArrayList<>();
    private final Map<String, List<ApiListener>> listeners = new TreeMap<>();
    private final Map<String, List<Source>> undecidedListenerSets = new TreeMap<>();
    private final Map<String, List<Source>> ungranted = new TreeMap<>();

    public ApiGateways(
            Manifests manifests,
            Namespaces namespaces,
            ListenerSets listenerSets,
            ReferenceGrants grants,
            MeshConfig mesh,
            ApiChannel channel) {
        this.channel = channel;
        for (ApiGateway api : ApiGateway.of(manifests)) {
            List<Manifest> sets = listenerSets.of(api.manifest());
            ListenerConflicts conflicts = ListenerConflicts.of(api.manifest(), sets, channel.version());
            Stream.concat(Stream.of(api.manifest()), sets.stream())
                    .forEach(owner -> add(owner, api, namespaces, grants, mesh, conflicts));
            undecidedListenerSets.put(
                    reference(api),
                    Stream.concat(listenerSets.undecided(api.manifest()).stream(), conflicts.undecided().stream())
                            .toList());
        }
    }

    private void add(
            Manifest owner,
            ApiGateway api,
            Namespaces namespaces,
            ReferenceGrants grants,
            MeshConfig mesh,
            ListenerConflicts conflicts) {
        ApiGateway.listeners(owner)
                .forEach(source -> grants.refused(source)
                        .ifPresent(certificate -> ungranted
                                .computeIfAbsent(reference(api), none -> new ArrayList<>())
                                .add(certificate)));
        List<ApiListener> opened = ApiGateway.listeners(owner).stream()
                .filter(source -> grants.refused(source).isEmpty() && !conflicts.leavesOut(source))
                .filter(source -> !channel.version().demandsTlsOfListeners() || ApiListener.saysTls(source))
                .filter(source -> !channel.opens(source.value().path("protocol").asText(""))
                        .isNo())
                .flatMap(source -> ApiListener.of(source, api.manifest(), namespaces).stream())
                .toList();
        listeners.put(ApiListener.reference(owner), opened);
        // Wherever a ListenerSet lies, its listeners are opened in the Gateway's namespace.
        gateways.add(new Gateway(
                owner,
                reference(api),
                Selector.of(Map.of()),
                api.services(mesh),
                opened.stream().map(ApiListener::server).toList()));
    }

    private static String reference(ApiGateway api) {
        return "%s/%s".formatted(api.manifest().home(), api.manifest().name());
    }

    /** One for each Gateway and ListenerSet, each Gateway before the ListenerSets that join it. */
    public List<Gateway> gateways() {
        return gateways;
    }

    /** The listeners of each Gateway and ListenerSet, by {@link ApiListener#reference}. */
    public Map<String, List<ApiListener>> listeners() {
        return listeners;
    }

    /** The parents of ListenerSets that join a Gateway for all that manifests tell, by {@code namespace/name}. */
    public Map<String, List<Source>> undecidedListenerSets() {
        return undecidedListenerSets;
    }

    /** The certificates for which listeners are not opened, by the Gateway's {@code namespace/name}. */
    public Map<String, List<Source>> ungranted() {
        return ungranted;
    }
}
