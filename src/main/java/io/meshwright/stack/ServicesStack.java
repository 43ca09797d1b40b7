package io.meshwright.stack;

import io.meshwright.construct.MeshGateway;
import io.meshwright.construct.SecureService;
import io.meshwright.construct.SharedConfigMap;
import io.meshwright.construct.SharedVolume;
import io.meshwright.construct.Versions;
import io.meshwright.construct.delivery.sync.IgnoredDifference;
import io.meshwright.construct.delivery.sync.Protection;
import io.meshwright.construct.pod.Scale;
import io.meshwright.construct.security.MetadataAccess;
import io.meshwright.construct.security.NamespaceGuard;
import io.meshwright.construct.security.NamespaceScope;
import io.meshwright.construct.security.Proxies;
import io.meshwright.construct.traffic.HostRoutes;
import io.meshwright.environment.Environment;
import io.meshwright.environment.NamespaceSettings;
import io.meshwright.environment.Parties;
import io.meshwright.environment.Service;
import io.meshwright.environment.aiops.Assistant;
import io.meshwright.stack.assistant.AskedTools;
import io.meshwright.stack.assistant.AssistantAccess;
import io.meshwright.stack.assistant.AssistantFiles;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.KubernetesNames;
import io.meshwright.value.Name;
import io.meshwright.value.Url;
import io.meshwright.value.istio.EnvoyStats;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.security.Caller;
import io.meshwright.value.security.Enforcement;
import io.meshwright.value.security.Party;
import io.meshwright.value.traffic.Release;
import io.meshwright.value.workload.Existing;
import io.meshwright.value.workload.PodSettings;
import io.meshwright.value.workload.WorkloadIdentity;
import io.meshwright.value.workload.data.ConfigMapData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cdk8s.Chart;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/** The services: their workloads, who may call them, whom they may call, and the routes that lead to them. */
final class ServicesStack extends Chart {
    static final String ID = "services";

    private final Environment environment;
    private final Parties parties;
    private final ServiceEgress egress;
    private final List<NamespaceGuard> guards = new ArrayList<>();
    private final Map<Name, SecureService> secured = new LinkedHashMap<>();
    private final List<ServiceTraffic> traffic = new ArrayList<>();
    private final List<IgnoredDifference> drift = new ArrayList<>();

    ServicesStack(
            Construct scope,
            Environment environment,
            Parties parties,
            Map<Name, MeshGateway> gateways,
            Url prometheus) {
        super(scope, ID);
        this.environment = environment;
        this.parties = parties;
        this.egress = new ServiceEgress(environment, parties);
        environment.namespaces().forEach(this::namespace);
        parties.egressGateway().ifPresent(pods -> guard(pods.namespace(), true));
        environment.services().forEach(this::service);
        assistant();
        egress.render(this, guards);
        List<HostRoutes> routes = new ServiceRoutes(this, environment, gateways).render();
        new ServiceConnections(this, environment, gateways).render();
        ForeignPods.note(this, environment);
        traffic.forEach(each -> drift.addAll(each.releasedBy(routes, prometheus)));
    }

    /** Returns the parties that call and are called. */
    Parties parties() {
        return parties;
    }

    /** The guards of all namespaces of services. */
    List<NamespaceGuard> guards() {
        return List.copyOf(guards);
    }

    /** Returns the construct of one service. */
    SecureService secured(Name name) {
        SecureService service = secured.get(name);
        if (service == null) {
            throw new InvalidValue(
                    KeyPath.of(ID).key(name.toString()),
                    "is no service of this environment",
                    "take one of %s".formatted(secured.keySet()));
        }
        return service;
    }

    /** The fields of these objects that controllers write. */
    List<IgnoredDifference> drift() {
        return List.copyOf(drift);
    }

    private void namespace(Name namespace, NamespaceSettings settings) {
        settings.configMaps().forEach((name, data) -> SharedConfigMap.of(this, namespace, name, data));
        String storageClass = environment.cluster().platform().storageClass();
        settings.persistentVolumeClaims()
                .forEach((name, claim) ->
                        SharedVolume.of(this, namespace, name, claim, storageClass, Protection.annotations()));
        if (namespace.equals(Parties.ISTIO_SYSTEM)) {
            return;
        }
        guard(namespace, settings.inject());
        if (settings.inject()) {
            scope(namespace);
        }
    }

    private void guard(Name namespace, boolean inMesh) {
        guards.add(NamespaceGuard.Builder.create(this, "guard-%s".formatted(namespace))
                .namespace(namespace)
                .proxies(inMesh ? Proxies.sidecars(parties.prometheus(), telemetry()) : Proxies.none())
                .enforcement(environment.istio().authorization())
                .build());
    }

    private void scope(Name namespace) {
        NamespaceScope.Builder scope = NamespaceScope.Builder.create(this, "scope-%s".formatted(namespace))
                .namespace(namespace)
                .calls(calledFrom(namespace))
                .telemetry(telemetry());
        egress.gatewayFor(namespace).ifPresent(scope::egressGateway);
        scope.build();
    }

    private List<Party> telemetry() {
        return parties.collector().stream().toList();
    }

    /** Services of other namespaces that pods of this one call. */
    private List<Party> calledFrom(Name namespace) {
        Stream<Party> services = environment.services().entrySet().stream()
                .filter(entry -> entry.getValue().namespace().equals(namespace))
                .flatMap(entry -> parties.calledBy(entry.getKey()).stream())
                .map(parties::service);
        boolean assisted = isAssistant(Assistant.NAME)
                && parties.service(Assistant.NAME).namespace().equals(namespace);
        Stream<Party> tools = assisted ? new AskedTools(environment).called().stream() : Stream.empty();
        return Stream.of(services, tools, apiServer(namespace))
                .flatMap(called -> called)
                .filter(called -> !called.namespace().equals(namespace))
                .distinct()
                .toList();
    }

    /** Only where a pod of the namespace has rights there. */
    private Stream<Party> apiServer(Name namespace) {
        return environment.services().values().stream()
                .filter(service ->
                        service.namespace().equals(namespace) && service.pod().role() != null)
                .map(service -> AskedTools.API_SERVER)
                .limit(1);
    }

    private void service(Name name, Service service) {
        SecureService.Builder secure = SecureService.Builder.create(this, name.toString())
                .party(parties.service(name))
                .app(service.workloadName(name.toString()))
                .ports(service.ports())
                .scale(scale(service))
                .versions(service.isExisting() ? Versions.ofEngine() : versions(service.release()))
                .zoned(!environment.cluster().platform().zones().isEmpty())
                .settings(settings(name, service))
                .nativeSidecars(environment.hasNativeSidecars() || isAssistant(name))
                .configMaps(configMaps(service.namespace()))
                .scrape(service.metrics())
                .proxyMetadata(service.proxyMetadata())
                .proxyStats(
                        environment.observability().parts().hasMetrics() && service.streams() && service.mesh()
                                ? List.of(EnvoyStats.INBOUND_OPEN)
                                : List.of())
                .mtls(parties.mtls())
                .guards(guards)
                .foreignService(service.workload() instanceof Existing existing
                        && existing.service() == Existing.Owner.EXISTING)
                .preflight(answersBrowsers(name, service))
                .enforcement(environment.enforcementOf(service));
        if (service.container() != null) {
            secure.container(Storages.withClass(
                    isAssistant(name) ? AssistantFiles.in(environment, service.container()) : service.container(),
                    environment.cluster().platform()));
        }
        if (service.workload() != null) {
            secure.kind(
                    Storages.withClass(service.workload(), environment.cluster().platform()));
        }
        for (Caller caller : service.allowFrom()) {
            secure.allow(caller, parties.caller(caller));
        }
        if (service.pod().workloadIdentity() instanceof WorkloadIdentity.Google
                && environment.istio().authorization() == Enforcement.ENFORCE) {
            MetadataAccess.of(this, "metadata-%s".formatted(name), parties.service(name));
        }
        SecureService built = secure.build();
        secured.put(name, built);
        ServiceTraffic calls = new ServiceTraffic(this, environment, name, service, built);
        calls.render();
        traffic.add(calls);
    }

    private Map<ObjectName, ConfigMapData> configMaps(Name namespace) {
        NamespaceSettings settings = environment.namespaces().get(namespace);
        return settings == null ? Map.of() : settings.configMaps();
    }

    private PodSettings settings(Name name, Service service) {
        String shortName = "%s.%s".formatted(name, service.namespace());
        String host = KubernetesNames.serviceHost(name, service.namespace()).toString();
        return service.pod()
                .pulling(environment.imagePullSecrets())
                .stored(environment.cluster().platform().storageClass())
                .issued(CertificatesStack.issuer(environment), List.of(host, "%s.svc".formatted(shortName), shortName));
    }

    static Scale scale(Service service) {
        int replicas = service.scale().replicas();
        return service.scale().autoscale() == null ? Scale.fixed(replicas) : Scale.autoscaled(replicas);
    }

    /** True for HolmesGPT: the server beside it calls nobody, and may start before the mesh does on any release. */
    private boolean isAssistant(Name name) {
        return name.equals(Assistant.NAME)
                && environment.aiOps() != null
                && environment.aiOps().assistant() != null;
    }

    private void assistant() {
        if (isAssistant(Assistant.NAME)) {
            new AssistantAccess(
                    this,
                    environment,
                    secured(Assistant.NAME),
                    new ClusterNamespaces(environment)
                            .all().stream().map(ClusterNamespace::name).toList());
        }
    }

    private static Versions versions(@Nullable Release release) {
        if (release == null || release.variants().isEmpty() && !release.isManaged()) {
            return Versions.one();
        }
        return release.isManaged() ? Versions.ofEngine() : Versions.sideBySide(release.variants());
    }

    private boolean answersBrowsers(Name name, Service service) {
        return environment.gatewayEntries().stream()
                .flatMap(entry -> service.hostsAt(entry.name(), name).stream()
                        .flatMap(host ->
                                Stream.ofNullable(entry.gateway().hosts().get(host))))
                .anyMatch(policy -> policy.cors() != null);
    }
}
