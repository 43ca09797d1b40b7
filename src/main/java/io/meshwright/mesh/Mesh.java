package io.meshwright.mesh;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.client.BackendTlsPolicies;
import io.meshwright.mesh.client.DestinationRules;
import io.meshwright.mesh.client.Sidecars;
import io.meshwright.mesh.firewall.NetworkPolicies;
import io.meshwright.mesh.gateway.GatewayRoutes;
import io.meshwright.mesh.gateway.GatewaySecrets;
import io.meshwright.mesh.gateway.Gateways;
import io.meshwright.mesh.gateway.Ingresses;
import io.meshwright.mesh.gatewayapi.ApiChannel;
import io.meshwright.mesh.gatewayapi.ApiGateways;
import io.meshwright.mesh.gatewayapi.ApiRoutes;
import io.meshwright.mesh.gatewayapi.ListenerSets;
import io.meshwright.mesh.gatewayapi.ReferenceGrants;
import io.meshwright.mesh.install.ArgoCdChart;
import io.meshwright.mesh.install.Installation;
import io.meshwright.mesh.install.Operators;
import io.meshwright.mesh.install.OtherCharts;
import io.meshwright.mesh.policy.AuthorizationPolicies;
import io.meshwright.mesh.policy.ClientTls;
import io.meshwright.mesh.policy.PeerAuthentications;
import io.meshwright.mesh.policy.RequestAuthentications;
import io.meshwright.mesh.route.OutboundClusters;
import io.meshwright.mesh.route.Routing;
import io.meshwright.mesh.route.VirtualServices;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.PathReading;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.waypoint.Waypoints;
import io.meshwright.mesh.workload.Canaries;
import io.meshwright.mesh.workload.Discovery;
import io.meshwright.mesh.workload.Experiments;
import io.meshwright.mesh.workload.Externals;
import io.meshwright.mesh.workload.InboundPorts;
import io.meshwright.mesh.workload.Injection;
import io.meshwright.mesh.workload.Namespaces;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.PodTemplates;
import io.meshwright.mesh.workload.Pods;
import io.meshwright.mesh.workload.ProxyConfigs;
import io.meshwright.mesh.workload.Replicas;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.Services;
import io.meshwright.mesh.workload.WrittenEndpoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that Istio makes of a set of manifests, computed once; an object without a namespace counts as one of
 * {@code default}.
 */
public final class Mesh {
    /** The release whose behaviour counts when neither the manifests nor the caller name one. */
    public static final IstioVersion DEFAULT_VERSION = IstioVersion.of("1.30");

    private final Manifests manifests;
    private final IstioVersion version;
    private final boolean oneForAll;
    private final Externals externals;
    private final Installation installation;
    private final MeshConfig config;
    private final Namespaces namespaces;
    private final Discovery discovery;
    private final ProxyConfigs proxyConfigs;
    private final Pods pods;
    private final List<Pod> chartPods;
    private final Services services;
    private final Ingresses ingresses;
    private final Gateways gateways;
    private final GatewaySecrets gatewaySecrets;
    private final VirtualServices virtualServices;
    private final ReferenceGrants referenceGrants;
    private final GatewayRoutes gatewayRoutes;
    private final Routing routing;
    private final OutboundClusters outboundClusters;
    private final DestinationRules destinationRules;
    private final PeerAuthentications peerAuthentications;
    private final ClientTls clientTls;
    private final AuthorizationPolicies authorizationPolicies;
    private final RequestAuthentications requestAuthentications;
    private final NetworkPolicies networkPolicies;
    private final Sidecars sidecars;
    private final OtherCharts otherCharts;
    private final Operators operators;
    private final Waypoints waypoints;
    private final Experiments experiments;
    private final Canaries canaries;
    private final List<ApiRoutes.Refusal> refusedRoutes;
    private final List<Source> unservedHostnames;
    private final ApiChannel apiChannel;

    private Mesh(Manifests manifests, Installation installation, IstioVersion version, boolean oneForAll) {
        this.manifests = manifests;
        this.version = version;
        this.oneForAll = oneForAll;
        this.externals = Externals.of(manifests);
        this.installation = installation;
        this.config = installation.mesh().readBy(version);
        this.namespaces = Namespaces.of(manifests, externals);
        Injection injection = new Injection(namespaces, installation);
        this.pods = allPods(injection);
        this.chartPods = ArgoCdChart.pods(manifests, injection);
        this.discovery =
                new Discovery(installation.isOneOfSeveral() ? MeshConfig.defaults() : config(), namespaces, version);
        Manifests heeded = discovery.heeded(manifests);
        this.proxyConfigs = new ProxyConfigs(heeded, config().rootNamespace());
        this.apiChannel = ApiChannel.of(config(), installation.isWritten(), version);
        ListenerSets listenerSets = new ListenerSets(heeded, namespaces, apiChannel);
        this.referenceGrants = new ReferenceGrants(heeded, version);
        ApiGateways apiGateways =
                new ApiGateways(heeded, namespaces, listenerSets, referenceGrants, config(), apiChannel);
        this.services = new Services(registry(heeded, listenerSets), pods, config());
        this.ingresses = Ingresses.of(heeded, services, config());
        this.gateways = new Gateways(
                heeded,
                pods,
                services,
                config(),
                ingresses,
                apiGateways.gateways(),
                apiGateways.undecidedListenerSets(),
                apiGateways.ungranted(),
                version);
        this.gatewaySecrets = GatewaySecrets.of(manifests);
        ApiRoutes apiRoutes = ApiRoutes.of(heeded, apiGateways.listeners(), config(), apiChannel);
        this.virtualServices =
                new VirtualServices(heeded, config(), ingresses.routes(), apiRoutes.generated(), apiRoutes.undecided());
        this.refusedRoutes = List.copyOf(apiRoutes.refusals());
        this.unservedHostnames = List.copyOf(apiRoutes.unserved());
        this.gatewayRoutes = new GatewayRoutes(virtualServices);
        this.otherCharts = new OtherCharts(manifests);
        this.operators = new Operators(manifests);
        this.sidecars = new Sidecars(heeded, services, config(), version);
        this.routing = new Routing(virtualServices, services, sidecars);
        this.outboundClusters = new OutboundClusters(services);
        this.destinationRules = new DestinationRules(heeded, version, config(), services);
        this.peerAuthentications = new PeerAuthentications(heeded, config());
        this.clientTls = new ClientTls(
                destinationRules,
                peerAuthentications,
                services,
                sidecars,
                new BackendTlsPolicies(heeded, version),
                config(),
                version);
        this.authorizationPolicies = new AuthorizationPolicies(heeded, config(), version);
        this.requestAuthentications = new RequestAuthentications(heeded, config());
        this.experiments = new Experiments(manifests, config());
        this.canaries = new Canaries(manifests, config());
        this.waypoints = new Waypoints(heeded, namespaces, version);
        this.networkPolicies = new NetworkPolicies(manifests, namespaces);
    }

    /**
     * With the version that the installation among the manifests names, the oldest of several, or
     * {@link #DEFAULT_VERSION}. A check looks at the newer ones besides.
     */
    public static Mesh of(Manifests manifests) {
        Installation installation = Installation.of(manifests);
        return new Mesh(
                manifests,
                installation,
                installation.versions().stream().findFirst().orElse(DEFAULT_VERSION),
                false);
    }

    /** With a version that the caller knows better. */
    public static Mesh of(Manifests manifests, IstioVersion version) {
        return new Mesh(manifests, Installation.of(manifests), version, true);
    }

    /** With a version that the caller may know better. */
    public static Mesh of(Manifests manifests, Optional<IstioVersion> version) {
        return version.map(known -> of(manifests, known)).orElseGet(() -> of(manifests));
    }

    private Pods allPods(Injection injection) {
        List<Pod> all = new ArrayList<>(new PodTemplates(manifests, injection).pods());
        Replicas replicas = new Replicas(manifests);
        installation.pods().stream().map(replicas::counted).forEach(all::add);
        all.addAll(externals.pods(injection));
        return new Pods(all);
    }

    private List<Service> registry(Manifests heeded, ListenerSets listenerSets) {
        List<Service> all = new ArrayList<>(installation.services(listenerSets));
        WrittenEndpoints endpoints = new WrittenEndpoints(manifests);
        manifests
                .kind(Kind.SERVICE)
                .forEach(service -> all.add(Service.kubernetes(service, config(), endpoints.of(service))));
        heeded.kind(Kind.SERVICE_ENTRY).forEach(entry -> all.addAll(Service.entry(entry, config())));
        all.addAll(externals.services(config()));
        return all;
    }

    public Manifests manifests() {
        return manifests;
    }

    public IstioVersion version() {
        return version;
    }

    /** The release that configures a pod's proxy: that of its own control plane, unless the caller knows better. */
    public IstioVersion version(Pod pod) {
        return oneForAll ? version : pod.proxy().version().orElse(version);
    }

    /** The form in which a pod's proxy sees paths. */
    public PathReading paths(Pod pod) {
        return config().pathNormalization().with(version(pod));
    }

    public MeshConfig config() {
        return config;
    }

    public Externals externals() {
        return externals;
    }

    public Installation installation() {
        return installation;
    }

    public Namespaces namespaces() {
        return namespaces;
    }

    public Discovery discovery() {
        return discovery;
    }

    public Pods pods() {
        return pods;
    }

    /**
     * Pods of charts that are no part of Istio, of which only labels and securityContext are known; they are not among
     * {@link #pods()}, since what selects them and what they listen on is not.
     */
    public List<Pod> chartPods() {
        return chartPods;
    }

    public Services services() {
        return services;
    }

    public Ingresses ingresses() {
        return ingresses;
    }

    public Gateways gateways() {
        return gateways;
    }

    /** The Secrets with certificates of gateways, as far as the manifests tell of any. */
    public GatewaySecrets gatewaySecrets() {
        return gatewaySecrets;
    }

    public VirtualServices virtualServices() {
        return virtualServices;
    }

    public ReferenceGrants referenceGrants() {
        return referenceGrants;
    }

    public GatewayRoutes gatewayRoutes() {
        return gatewayRoutes;
    }

    /** The routes and listeners of the Gateway API that its istiod heeds. */
    public ApiChannel apiChannel() {
        return apiChannel;
    }

    /** The parents of routes of the Gateway API that take them by none of their listeners. */
    public List<ApiRoutes.Refusal> refusedRoutes() {
        return refusedRoutes;
    }

    /** The hostnames of routes of the Gateway API that no listener has which takes the route. */
    public List<Source> unservedHostnames() {
        return unservedHostnames;
    }

    public ProxyConfigs proxyConfigs() {
        return proxyConfigs;
    }

    public InboundPorts inboundPorts() {
        return new InboundPorts(services);
    }

    public Canaries canaries() {
        return canaries;
    }

    public Experiments experiments() {
        return experiments;
    }

    public OutboundClusters outboundClusters() {
        return outboundClusters;
    }

    public Routing routing() {
        return routing;
    }

    public DestinationRules destinationRules() {
        return destinationRules;
    }

    public PeerAuthentications peerAuthentications() {
        return peerAuthentications;
    }

    public ClientTls clientTls() {
        return clientTls;
    }

    public AuthorizationPolicies authorizationPolicies() {
        return authorizationPolicies;
    }

    public RequestAuthentications requestAuthentications() {
        return requestAuthentications;
    }

    public NetworkPolicies networkPolicies() {
        return networkPolicies;
    }

    public Waypoints waypoints() {
        return waypoints;
    }

    public Sidecars sidecars() {
        return sidecars;
    }

    public OtherCharts otherCharts() {
        return otherCharts;
    }

    public Operators operators() {
        return operators;
    }
}
