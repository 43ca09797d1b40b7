package io.meshwright.mesh.waypoint;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.waypoint.WaypointGateway.Traffic;
import io.meshwright.mesh.workload.Namespaces;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Proxy;
import io.meshwright.mesh.workload.Service;
import io.meshwright.value.istio.IstioAnnotations;
import io.meshwright.value.istio.IstioLabels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The waypoints, and the calls that go through each: a waypoint is the proxy that reads HTTP for services and pods in
 * ambient mode.
 */
public final class Waypoints {
    /** The port on which waypoints and ztunnels take tunnels, whatever port is called inside. */
    public static final int TUNNEL = WaypointGateway.TUNNEL;
    /** By which a service, a pod or a namespace names its waypoint. */
    public static final String LABEL = IstioLabels.USE_WAYPOINT;
    /** The class of the Gateways of which istiod makes waypoints. */
    public static final String CLASS = WaypointGateway.CLASS;

    private static final String NAMESPACE = IstioLabels.USE_WAYPOINT_NAMESPACE;
    private static final String FROM_GATEWAYS = IstioLabels.INGRESS_USE_WAYPOINT;
    private static final String MANAGED = IstioLabels.MANAGED;
    private static final String NONE = "none";

    private final Map<String, WaypointGateway> gateways = new TreeMap<>();
    private final Namespaces namespaces;
    private final IstioVersion version;
    // By identity, and never walked: only looked up.
    private final Map<Service, Optional<Waypoint>> ofServices = new ConcurrentHashMap<>();
    private final Map<Pod, Optional<Waypoint>> ofPods = new ConcurrentHashMap<>();

    public Waypoints(Manifests manifests, Namespaces namespaces, IstioVersion version) {
        this.namespaces = namespaces;
        this.version = version;
        Map<String, Manifest> classes = new TreeMap<>();
        manifests.kind(Kind.API_GATEWAY_CLASS).forEach(known -> classes.putIfAbsent(known.name(), known));
        manifests
                .kind(Kind.API_GATEWAY)
                .forEach(gateway -> gateways.putIfAbsent(
                        reference(gateway.home(), gateway.name()),
                        new WaypointGateway(
                                gateway, gateway.text("/spec/gatewayClassName").map(classes::get))));
    }

    private static String reference(String namespace, String name) {
        return "%s/%s".formatted(namespace, name);
    }

    /** Finds the waypoint between a client and a service that it calls by the service's address. */
    public Optional<Waypoint> between(Pod client, Service service) {
        if (!hasAddress(service)) {
            return Optional.empty();
        }
        return switch (client.proxy().type()) {
            case ZTUNNEL -> of(service);
            // Gateways call services directly unless the service says otherwise; sidecars and waypoints always do.
            case GATEWAY -> isForGateways(service) ? of(service) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Finds the waypoint between a client and a pod that it calls by the pod's own address. */
    public Optional<Waypoint> between(Pod client, Service service, Pod pod) {
        return client.proxy().isZtunnel() && service.type() == Service.Type.HEADLESS
                ? ofPods.computeIfAbsent(pod, this::before)
                : Optional.empty();
    }

    /** True if callers behind ztunnels come to a service through a waypoint, or may. */
    public boolean mayServe(Service service) {
        return of(service)
                .filter(found -> found.effect() != Waypoint.Effect.NONE)
                .isPresent();
    }

    /** The waypoint through which callers behind ztunnels come to a service. */
    public Optional<Pod> inFrontOf(Service service) {
        return hasAddress(service) ? of(service).flatMap(Waypoint::proxy) : Optional.empty();
    }

    /** The waypoint of a service that a gateway's calls to it pass by, since nothing on the service says otherwise. */
    public Optional<Pod> passedBy(Pod gateway, Service service) {
        return gateway.proxy().type() == Proxy.Type.GATEWAY
                        && between(gateway, service).isEmpty()
                ? inFrontOf(service)
                : Optional.empty();
    }

    /** True if a client's calls to a service do not come to the server itself, or may not. */
    public boolean mayStandBetween(Pod client, Service service, Pod server) {
        return between(client, service)
                .or(() -> between(client, service, server))
                .filter(found -> found.effect() != Waypoint.Effect.NONE)
                .isPresent();
    }

    /** The labels by which something says that its calls go through a waypoint: name and namespace of it. */
    private static Optional<String> used(Map<String, String> labels, String namespace) {
        return Optional.ofNullable(labels.get(LABEL))
                .map(name -> reference(labels.getOrDefault(NAMESPACE, namespace), name));
    }

    /**
     * The Gateways of waypoints that no service, pod or namespace among these uses, by their references; a waypoint
     * takes no calls to what it is not for, whatever its label says.
     */
    public List<Manifest> unused(List<Service> services, List<Pod> pods) {
        Set<String> used = new TreeSet<>();
        services.forEach(service -> used(service.source().manifest().labels(), service.namespace())
                .filter(reference -> takes(reference, Traffic.SERVICE))
                .ifPresent(used::add));
        pods.forEach(pod -> used(pod.labels(), pod.namespace())
                .filter(reference -> takes(reference, Traffic.WORKLOAD))
                .ifPresent(used::add));
        namespaces
                .names()
                .forEach(name -> Stream.concat(namespaces.labels(name).stream(), namespaces.versions(name).stream())
                        .flatMap(labels -> used(labels, name).stream())
                        .forEach(used::add));
        return gateways.entrySet().stream()
                .filter(entry -> entry.getValue().isIstios() && !used.contains(entry.getKey()))
                .map(entry -> entry.getValue().manifest())
                .toList();
    }

    /** A label for a waypoint that is there and takes no calls to what is labelled. */
    public record Refusing(Source label, Manifest gateway, String why) {}

    /** The waypoint that a service is labelled for in vain. */
    public Optional<Refusing> refusing(Service service) {
        Map<String, String> own = service.source().manifest().labels();
        Map<String, String> labels = own.containsKey(LABEL)
                ? own
                : namespaces.labels(service.namespace()).orElse(Map.of());
        return Optional.of(service)
                .filter(this::hasAddress)
                .flatMap(this::of)
                .filter(found -> found.effect() == Waypoint.Effect.NONE)
                .flatMap(found -> used(labels, service.namespace())
                        .map(gateways::get)
                        .map(gateway -> new Refusing(found.label(), gateway.manifest(), found.why())));
    }

    /** A label for a waypoint whose Gateway is not among the manifests. */
    public record Missing(Source label, String namespace, String name) {}

    /** The labels of Services, pods and namespaces that name a waypoint which is not there. */
    public List<Missing> missing(List<Service> services, List<Pod> pods) {
        Stream<Source> labelled = Stream.of(
                        namespaces.names().stream()
                                .flatMap(name -> namespaces.manifest(name).stream())
                                .map(Source::of),
                        services.stream()
                                .map(service -> Source.of(service.source().manifest())),
                        pods.stream().map(Pod::source))
                .flatMap(places -> places);
        return labelled.map(place -> place.at("/metadata/labels").field(LABEL))
                .filter(label -> label.value().isTextual())
                .distinct()
                .flatMap(label -> missing(label).stream())
                .toList();
    }

    private Optional<Missing> missing(Source label) {
        String name = label.value().asText();
        Manifest object = label.manifest();
        String home = object.kind().equals(Kind.NAMESPACE) ? object.name() : object.home();
        String pointer = label.pointer();
        String namespace = object.at(pointer.substring(0, pointer.lastIndexOf('/')))
                .path(NAMESPACE)
                .asText(home);
        return name.equals(NONE) || gateways.containsKey(reference(namespace, name))
                ? Optional.empty()
                : Optional.of(new Missing(label, namespace, name));
    }

    private boolean takes(String reference, Traffic traffic) {
        return Optional.ofNullable(gateways.get(reference))
                .filter(gateway -> gateway.takes(traffic))
                .isPresent();
    }

    /** True if istiod runs a waypoint under a service account, which no pod template then names. */
    public boolean runsUnder(String namespace, String serviceAccount) {
        return made().anyMatch(pod ->
                pod.namespace().equals(namespace) && pod.serviceAccount().equals(serviceAccount));
    }

    /** True if istiod makes the Deployment of that name for a waypoint. */
    public boolean makes(String namespace, String deployment) {
        return made().anyMatch(
                        pod -> pod.namespace().equals(namespace) && pod.name().equals(deployment));
    }

    private Stream<Pod> made() {
        return gateways.values().stream().filter(WaypointGateway::isIstios).map(gateway -> gateway.pod(version));
    }

    /** The waypoint that a service uses, whoever calls it. */
    private Optional<Waypoint> of(Service service) {
        return ofServices.computeIfAbsent(service, this::before);
    }

    /**
     * Only what is called by an address of the service's own can be told to be meant for the service; a domain gets one
     * where a waypoint looks its names up (constructServiceEntries).
     */
    public boolean hasAddress(Service service) {
        boolean named =
                !HostName.isWildcard(service.host()) || NameLookup.isAsked(service) && version.looksUpAnyNames();
        return service.isKubernetes()
                ? service.type() == Service.Type.CLUSTER_IP
                : !service.reach().addresses().isEmpty()
                        || version.allocatesAddresses() && named && service.takesAllocatedAddress();
    }

    /** The namespace's word counts where the service has none (ingressUseWaypoint). */
    private boolean isForGateways(Service service) {
        String own = service.source().manifest().labels().get(FROM_GATEWAYS);
        if (!version.leadsGatewaysByNamespace()) {
            return version.leadsGatewaysToWaypoints() && "true".equals(own);
        }
        return Optional.ofNullable(own)
                .or(() -> namespaces.labels(service.namespace()).map(labels -> labels.get(FROM_GATEWAYS)))
                .filter("true"::equalsIgnoreCase)
                .isPresent();
    }

    private Optional<Waypoint> before(Service service) {
        Manifest manifest = service.source().manifest();
        if (manifest.labels().getOrDefault(MANAGED, "").startsWith("istio.io-")) {
            return Optional.empty();
        }
        return asked(
                        manifest.labels(),
                        Source.of(manifest).at("/metadata/labels"),
                        service.namespace(),
                        Traffic.SERVICE)
                .map(primary -> version.knowsWaypointCanaries() ? shared(primary, manifest) : primary)
                .map(waypoint -> new Waypoint(
                        waypoint.label(),
                        waypoint.effect(),
                        waypoint.why(),
                        waypoint.proxy().map(pod -> pod.serving(service))));
    }

    /**
     * The share of a service's calls that a second waypoint gets, which its namespace may say where the service names
     * no waypoint of its own (buildWeightedWaypoints).
     */
    private Waypoint shared(Waypoint primary, Manifest service) {
        Optional<Manifest> around =
                service.labels().containsKey(LABEL) ? Optional.empty() : namespaces.manifest(service.home());
        Manifest labelled = Optional.of(service)
                .filter(own -> own.labels().containsKey(IstioLabels.USE_WAYPOINT_CANARY))
                .or(() -> around)
                .orElse(service);
        String name = labelled.labels().getOrDefault(IstioLabels.USE_WAYPOINT_CANARY, NONE);
        String weight = Optional.ofNullable(service.annotations().get(IstioAnnotations.CANARY_WEIGHT))
                .or(() -> around.map(found -> found.annotations().get(IstioAnnotations.CANARY_WEIGHT)))
                .orElse("0");
        String reference = reference(
                labelled.labels().getOrDefault(IstioLabels.USE_WAYPOINT_CANARY_NAMESPACE, service.home()), name);
        boolean counts = primary.effect() == Waypoint.Effect.PASSED
                && !name.equals(NONE)
                && weight.matches("[1-9][0-9]?|100")
                && !used(labelledPrimary(service), service.home()).equals(Optional.of(reference));
        return counts
                ? new Waypoint(
                        primary.label(),
                        Waypoint.Effect.UNKNOWN,
                        "%s %% of the calls go through the waypoint %s instead".formatted(weight, reference),
                        primary.proxy())
                : primary;
    }

    private Map<String, String> labelledPrimary(Manifest service) {
        return service.labels().containsKey(LABEL)
                ? service.labels()
                : namespaces.labels(service.home()).orElse(Map.of());
    }

    private Optional<Waypoint> before(Pod pod) {
        return asked(pod.labels(), pod.source().at("/metadata/labels"), pod.namespace(), Traffic.WORKLOAD);
    }

    private Optional<Waypoint> asked(Map<String, String> own, Source here, String namespace, Traffic traffic) {
        Map<String, String> around = namespaces.labels(namespace).orElse(Map.of());
        Map<String, String> labels = own.containsKey(LABEL) ? own : around;
        Source label = own.containsKey(LABEL)
                ? here.field(LABEL)
                : namespaces
                        .manifest(namespace)
                        .map(found -> Source.of(found).at("/metadata/labels").field(LABEL))
                        .orElse(here);
        return Optional.ofNullable(labels.get(LABEL))
                .filter(name -> !name.equals(NONE))
                .map(name ->
                        found(label, reference(labels.getOrDefault(NAMESPACE, namespace), name), namespace, traffic));
    }

    private Waypoint found(Source label, String reference, String namespace, Traffic traffic) {
        WaypointGateway gateway = gateways.get(reference);
        if (gateway == null) {
            return Waypoint.unknown(
                    label, "the Gateway %s of a waypoint is not among the manifests".formatted(reference));
        }
        if (!gateway.isIstios()) {
            return Waypoint.unknown(
                    label,
                    "the waypoint %s is not of the class %s, and what it does is not followed"
                            .formatted(reference, WaypointGateway.CLASS));
        }
        if (!gateway.takes(traffic)) {
            return Waypoint.none(
                    label,
                    "the waypoint %s is not for calls to %ss"
                            .formatted(reference, traffic == Traffic.SERVICE ? "service" : "workload"));
        }
        return switch (gateway.admits(namespace, namespaces)) {
            case YES -> Waypoint.passed(label, gateway.pod(version));
            case NO ->
                Waypoint.none(label, "the waypoint %s does not admit namespace %s".formatted(reference, namespace));
            case UNKNOWN ->
                Waypoint.unknown(
                        label,
                        "the labels of namespace %s, by which the waypoint %s admits, are not "
                                .concat("among the manifests")
                                .formatted(namespace, reference));
        };
    }
}
