package io.meshwright.mesh.gateway;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Age;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Pods;
import io.meshwright.mesh.workload.Services;
import io.meshwright.value.istio.IstioAnnotations;
import io.meshwright.value.istio.IstioLabels;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The Gateway objects and what they make of gateway pods. */
public final class Gateways {
    private static final Comparator<Gateway> ORDER = Comparator.comparing(Gateway::manifest, Age.ORDER);

    private static final String UNTRANSLATED = IstioAnnotations.NO_PORT_TRANSLATION;

    private final List<Gateway> all;
    private final List<Gateway> claiming;
    private final List<Gateway> opening;
    private final Map<String, List<Gateway>> byReference;
    private final Pods pods;
    private final Services services;
    private final boolean scoped;
    private final boolean strict;
    private final List<Gateway> ofGatewayApi;
    private final Map<String, List<Source>> undecidedListenerSets;
    private final Map<String, List<Source>> ungranted;
    // By identity, and never walked: only looked up.
    private final Map<Pod, List<Listener>> listening = new ConcurrentHashMap<>();

    /**
     * {@code ofGatewayApi} are those that istiod makes of the Gateway API's; {@code undecidedListenerSets} and the
     * certificates that are {@code ungranted} are by the reference of such a Gateway.
     */
    public Gateways(
            Manifests manifests,
            Pods pods,
            Services services,
            MeshConfig mesh,
            Ingresses ingresses,
            List<Gateway> ofGatewayApi,
            Map<String, List<Source>> undecidedListenerSets,
            Map<String, List<Source>> ungranted,
            IstioVersion version) {
        this.all = manifests.kind(Kind.GATEWAY).stream()
                .map(Gateway::of)
                .sorted(ORDER)
                .toList();
        this.claiming =
                Stream.concat(ingresses.gateways().stream(), all.stream()).toList();
        this.opening = Stream.concat(claiming.stream(), ofGatewayApi.stream()).toList();
        this.byReference =
                all.stream().collect(Collectors.groupingBy(Gateway::reference, TreeMap::new, Collectors.toList()));
        this.pods = pods;
        this.services = services;
        this.ofGatewayApi = ofGatewayApi;
        this.undecidedListenerSets = undecidedListenerSets;
        this.ungranted = ungranted;
        this.scoped = mesh.scopesGatewayToNamespace();
        this.strict = version.closesManagedGatewaysToOthers() && mesh.mergesGatewaysStrictly();
    }

    /** Istio's own, oldest first, then by name and namespace. */
    public List<Gateway> all() {
        return all;
    }

    /** Those that open ports on pods, in the order in which they claim them: first what istiod makes of Ingresses. */
    public List<Gateway> claiming() {
        return claiming;
    }

    /** The same, and those that it makes of the Gateway API's. */
    public List<Gateway> opening() {
        return opening;
    }

    /** The Gateway of a reference {@code namespace/name}. */
    public Optional<Gateway> find(String reference) {
        return versions(reference).stream().findFirst();
    }

    /** Every Gateway of a reference: manifests may keep several versions of one side by side. */
    public List<Gateway> versions(String reference) {
        return byReference.getOrDefault(reference, List.of());
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
        return !scoped && !(strict && isMadeByIstiod(pod)) || pod.namespace().equals(gateway.namespace());
    }

    /** True for the pods of a Gateway of the Gateway API that istiod runs (filterStrictGatewayMerging). */
    private static boolean isMadeByIstiod(Pod pod) {
        return pod.source().manifest().kind().equals(Kind.API_GATEWAY)
                || pod.labels().containsKey(IstioLabels.MANAGED);
    }

    /** The ports on which a gateway pod listens. */
    public List<Listener> listeners(Pod pod) {
        return listening.computeIfAbsent(pod, this::merged);
    }

    private List<Listener> merged(Pod pod) {
        Listeners listeners = new Listeners();
        of(pod).forEach(gateway -> gateway.servers().forEach(server -> listeners.add(server, port(server, pod))));
        opening().stream()
                .filter(gateway -> !gateway.services().isEmpty())
                .forEach(gateway -> gateway.servers()
                        .forEach(server ->
                                targets(gateway, server, pod).distinct().forEach(port -> listeners.add(server, port))));
        return listeners.listeners();
    }

    /**
     * Finds the ListenerSets of which manifests do not tell whether they join a Gateway of the Gateway API of a pod.
     */
    public List<Source> undecidedListenerSets(Pod pod) {
        return ofGatewayApi(pod, undecidedListenerSets);
    }

    /** Finds the certificates for which listeners of a pod's Gateway of the Gateway API are not opened. */
    public List<Source> ungranted(Pod pod) {
        return ofGatewayApi(pod, ungranted);
    }

    private List<Source> ofGatewayApi(Pod pod, Map<String, List<Source>> byReference) {
        return ofGatewayApi.stream()
                .filter(gateway -> gateway.manifest().kind().equals(Kind.API_GATEWAY))
                .filter(gateway -> pods(gateway).contains(pod))
                .flatMap(gateway -> byReference.getOrDefault(gateway.reference(), List.of()).stream())
                .toList();
    }

    /**
     * Port on which the pod listens for a server: at the target of its first Service's port of that number, else at the
     * number itself (resolvePorts).
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
