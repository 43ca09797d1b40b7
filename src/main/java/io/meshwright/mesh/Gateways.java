package io.meshwright.mesh;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.value.istio.IstioAnnotations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The Gateway objects and what they make of gateway pods. */
public final class Gateways {
    private static final Comparator<Gateway> ORDER = Comparator.comparing(Gateway::manifest, Age.ORDER);

    private static final String UNTRANSLATED = IstioAnnotations.NO_PORT_TRANSLATION;

    private final List<Gateway> all;
    private final List<Gateway> claiming;
    private final Map<String, Gateway> byReference;
    private final Pods pods;
    private final Services services;
    private final boolean scoped;
    private final Map<String, List<ApiListener>> apiListeners = new TreeMap<>();
    private final List<Gateway> apiGateways = new ArrayList<>();
    private final ListenerSets listenerSets;
    // By identity, and never walked: only looked up.
    private final Map<Pod, List<Listener>> listening = new ConcurrentHashMap<>();

    Gateways(
            Manifests manifests,
            Pods pods,
            Services services,
            MeshConfig mesh,
            Namespaces namespaces,
            Ingresses ingresses,
            ListenerSets listenerSets) {
        this.all = manifests.kind(Kind.GATEWAY).stream()
                .map(Gateway::of)
                .sorted(ORDER)
                .toList();
        this.claiming =
                Stream.concat(ingresses.gateways().stream(), all.stream()).toList();
        this.byReference = all.stream()
                .collect(Collectors.toMap(Gateway::reference, Function.identity(), (one, same) -> one, TreeMap::new));
        this.pods = pods;
        this.services = services;
        this.listenerSets = listenerSets;
        this.scoped = mesh.scopesGatewayToNamespace();
        ApiGateway.of(manifests).forEach(gateway -> add(gateway, namespaces, mesh));
    }

    private void add(ApiGateway api, Namespaces namespaces, MeshConfig mesh) {
        Stream.concat(Stream.of(api.manifest()), listenerSets.of(api.manifest()).stream())
                .forEach(owner -> add(owner, api, namespaces, mesh));
    }

    private void add(Manifest owner, ApiGateway api, Namespaces namespaces, MeshConfig mesh) {
        List<ApiListener> listeners = ApiGateway.listeners(owner).stream()
                .flatMap(source -> ApiListener.of(source, api.manifest(), namespaces).stream())
                .toList();
        apiListeners.put(ApiListener.reference(owner), listeners);
        // Wherever a ListenerSet lies, its listeners are opened in the Gateway's namespace.
        apiGateways.add(new Gateway(
                owner,
                "%s/%s".formatted(api.manifest().home(), api.manifest().name()),
                Selector.of(Map.of()),
                api.services(mesh),
                listeners.stream().map(ApiListener::server).toList()));
    }

    /** The listeners of each Gateway of the Gateway API by {@code namespace/name}. */
    Map<String, List<ApiListener>> apiListeners() {
        return apiListeners;
    }

    /** Istio's own, oldest first, then by name and namespace. */
    public List<Gateway> all() {
        return all;
    }

    /** Those that open ports on pods, in the order in which they claim them: first what istiod makes of Ingresses. */
    public List<Gateway> claiming() {
        return claiming;
    }

    /** The Gateway of a reference {@code namespace/name}. */
    public Optional<Gateway> find(String reference) {
        return Optional.ofNullable(byReference.get(reference));
    }

    /** The pods that the selector means, in any namespace; an empty selector means every gateway pod. */
    public List<Pod> pods(Gateway gateway) {
        if (!gateway.services().isEmpty()) {
            return pods.all().stream()
                    .filter(pod -> services.selecting(pod).stream()
                            .anyMatch(service -> gateway.services().contains(service.host())
                                    && service.namespace().equals(gateway.namespace())))
                    .toList();
        }
        List<Pod> selected = gateway.selector().isEmpty()
                ? pods.all().stream().filter(pod -> pod.proxy().isGateway()).toList()
                : pods.selectedBy(gateway.selector());
        return selected.stream().filter(pod -> isNear(gateway, pod)).toList();
    }

    /** Those that select a pod, in the order in which their servers claim its ports. */
    public List<Gateway> of(Pod pod) {
        return claiming.stream()
                .filter(gateway -> gateway.services().isEmpty() && pod.isSelectedBy(gateway.selector()))
                .filter(gateway -> isNear(gateway, pod))
                .toList();
    }

    private boolean isNear(Gateway gateway, Pod pod) {
        return !scoped || pod.namespace().equals(gateway.namespace());
    }

    /** The ports on which a gateway pod listens. */
    public List<Listener> listeners(Pod pod) {
        return listening.computeIfAbsent(pod, this::merged);
    }

    private List<Listener> merged(Pod pod) {
        Listeners listeners = new Listeners();
        of(pod).forEach(gateway -> gateway.servers().forEach(server -> listeners.add(server, port(server, pod))));
        Stream.concat(claiming.stream(), apiGateways.stream())
                .filter(gateway -> !gateway.services().isEmpty())
                .forEach(gateway -> gateway.servers()
                        .forEach(server ->
                                targets(gateway, server, pod).distinct().forEach(port -> listeners.add(server, port))));
        return listeners.listeners();
    }

    /** What adds listeners to the Gateways of the Gateway API of a pod, or does not: manifests do not tell. */
    public List<Source> undecidedListenerSets(Pod pod) {
        return apiGateways.stream()
                .filter(gateway -> gateway.manifest().kind().equals(Kind.API_GATEWAY))
                .filter(gateway -> pods(gateway).contains(pod))
                .flatMap(gateway -> listenerSets.undecided(gateway.manifest()).stream())
                .toList();
    }

    /**
     * Where the pod listens for a server: at the target of its first Service's port of that number, else at the number
     * itself (resolvePorts).
     */
    public int port(Server server, Pod pod) {
        return services.selecting(pod).stream()
                .filter(service -> !service.source().manifest().labels().containsKey(UNTRANSLATED))
                .flatMap(service -> service.port(server.port()).stream())
                .flatMapToInt(port -> port.on(pod).stream())
                .findFirst()
                .orElse(server.port());
    }

    /** A Gateway that is for Services names ports of theirs, in its own namespace, and nothing else. */
    private IntStream targets(Gateway gateway, Server server, Pod pod) {
        return services.selecting(pod).stream()
                .filter(service -> gateway.services().contains(service.host()))
                .filter(service -> service.namespace().equals(gateway.namespace()))
                .flatMap(service -> service.port(server.port()).stream())
                .flatMapToInt(port -> port.on(pod).stream());
    }
}
