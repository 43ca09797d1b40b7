package io.meshwright.environment;

import io.meshwright.platform.release.Compatibility;
import io.meshwright.platform.release.Releases;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Version;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.security.Caller;
import io.meshwright.value.security.Enforcement;
import io.meshwright.value.security.ExternalService;
import io.meshwright.value.traffic.Resilience;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One cluster's platform, as a person decides it: the whole of {@code environments/<name>.yaml}. Each value is right by
 * itself; whether they agree is told by {@code Agreements}.
 */
@Doc("One cluster's platform.")
public record Environment(
        @Required @Doc("Version of this file's format.") ApiVersion apiVersion,
        @Required @Doc("What this file describes.") DocumentKind kind,
        @Required Metadata metadata,
        @Required Cluster cluster,
        @Required Istio istio,

        @Required @Doc("Namespaces of the services, by name.")
        Map<Name, NamespaceSettings> namespaces,

        @Required Gateway gateway,

        @Defaulted
        @Doc("Further gateways, each with pods and an address of its own, by the name that routes and callers use.")
        Map<Name, FurtherGateway> gateways,

        @Defaulted @Doc("Timeouts, retries, pools and circuit breaker of services that say none of their own.")
        Resilience resilience,

        @Defaulted @Doc("Services, by the name of their Kubernetes Service.")
        Map<Name, Service> services,

        @Defaulted
        @Doc("Secrets that open registries, for the pods of all services; each namespace of services has them.")
        List<ObjectName> imagePullSecrets,

        @Defaulted @Doc("What the services call outside the mesh, by a name of one's own.")
        Map<Name, ExternalService> externals,

        @Nullable @Doc("Gateway on the way to them; default: none, every service calls them itself.")
        EgressGateway egressGateway,

        @Defaulted @Doc("Where secret values come from; default: every Secret is made by hand.")
        Secrets secrets,

        @Nullable @Doc("Who issues certificates; needed for listeners with source certManager.")
        Certificates certificates,

        @Required @Doc("Monitoring.") Observability observability,

        @Defaulted @Doc("Releases of add-ons that differ from the compatibility table's choice, by add-on.")
        Map<String, Version> releases,

        @Required Delivery delivery,

        @Defaulted
        @Doc("Folders of manifests of one's own: each is a stack that is checked, traced and delivered with the rest.")
        List<ManifestFolder> manifests,

        @Defaulted @Doc("Helm charts of others, by the name of their Application.")
        Map<Name, HelmChart> charts,

        @Nullable @Doc("Operations that look ahead; default: none.")
        AiOps aiOps,

        @Defaulted
        @Doc("Java classes that add what this file cannot say, by their full names; --extensions gives their jars.")
        List<String> extensions) {
    private static final String JAVA_CLASS = "([A-Za-z_][A-Za-z0-9_]*\\.)*[A-Za-z_][A-Za-z0-9_$]*";
    private static final Version NATIVE_SIDECARS = Version.of("1.29");
    private static final Version NATIVE_SIDECARS_BY_ANNOTATION = Version.of("1.24");

    public Environment {
        Require.present("apiVersion", apiVersion);
        Require.present("kind", kind);
        Require.present("metadata", metadata);
        Require.present("cluster", cluster);
        Require.present("istio", istio);
        namespaces = Require.notEmpty("namespaces", namespaces);
        Require.present("gateway", gateway);
        gateways = gateways == null ? Map.of() : new LinkedHashMap<>(gateways);
        resilience = resilience == null ? Resilience.defaults() : resilience;
        services = services == null ? Map.of() : new LinkedHashMap<>(services);
        imagePullSecrets = imagePullSecrets == null ? List.of() : List.copyOf(imagePullSecrets);
        externals = externals == null ? Map.of() : new LinkedHashMap<>(externals);
        services = RateLimiter.joined(gateway, namespaces, services, externals);
        services = AssistantService.joined(aiOps, namespaces, services, externals);
        secrets = secrets == null ? Secrets.byHand() : secrets;
        Require.present("observability", observability);
        releases = releases == null ? Map.of() : new LinkedHashMap<>(releases);
        Require.present("delivery", delivery);
        manifests = manifests == null ? List.of() : List.copyOf(manifests);
        charts = charts == null ? Map.of() : new LinkedHashMap<>(charts);
        extensions = extensions == null ? List.of() : List.copyOf(extensions);
        for (int i = 0; i < extensions.size(); i++) {
            String name = extensions.get(i);
            String key = "extensions[%d]".formatted(i);
            Require.that(
                    name.matches(JAVA_CLASS),
                    key,
                    "%s is no name of a Java class".formatted(Plain.quoted(name)),
                    "write it whole, such as com.example.Extras");
            Require.that(
                    extensions.indexOf(name) == i, key, "%s is named twice".formatted(Plain.quoted(name)), "remove it");
        }
    }

    /** The ways into the mesh, the first gateway before the others. */
    public List<GatewayEntry> gatewayEntries() {
        return Stream.concat(
                        Stream.of(GatewayEntry.first(this)),
                        gateways.entrySet().stream()
                                .map(entry -> GatewayEntry.further(this, entry.getKey(), entry.getValue())))
                .toList();
    }

    /** True if some gateway is the Gateway API's, so that its definitions are needed. */
    public boolean usesGatewayApi() {
        return gatewayEntries().stream().anyMatch(GatewayEntry::isOfGatewayApi);
    }

    /** True if Argo CD brings them, and not the distribution. */
    public boolean installsGatewayApi() {
        return usesGatewayApi() && cluster.gatewayApi() == Cluster.Definitions.INSTALLED;
    }

    /** The way into the mesh that a caller or a route names; empty where it names none. */
    public Optional<GatewayEntry> gatewayEntry(Name name) {
        return name.equals(GatewayEntry.FIRST)
                ? Optional.of(GatewayEntry.first(this))
                : Optional.ofNullable(gateways.get(name)).map(further -> GatewayEntry.further(this, name, further));
    }

    /** True if a caller is a gateway and no service. */
    public boolean isGateway(Caller caller) {
        return caller.isGateway() || gateways.containsKey(caller.from());
    }

    /**
     * Tells how calls of a service behave here: its own word, else the environment's, with breakers as the environment
     * switches them.
     */
    public Resilience resilienceOf(Service service) {
        Resilience declared = service.resilience() == null ? resilience : service.resilience();
        return istio.circuitBreakers() ? declared : declared.withoutCircuitBreaker();
    }

    /** Tells whether a service's callers are enforced or only observed: its own word, else the mesh's. */
    public Enforcement enforcementOf(Service service) {
        return service.authorization() == null ? istio.authorization() : service.authorization();
    }

    /** Returns who reaches Argo CD's own pages: its own word, else who reaches the monitoring tools. */
    public Observability.Access accessToDelivery() {
        return delivery.access() == null
                ? observability.access()
                : delivery.access().limits();
    }

    /** True if the pods of a service have a sidecar: the service keeps in the mesh, and so does its namespace. */
    public boolean isInMesh(Service service) {
        NamespaceSettings namespace = namespaces.get(service.namespace());
        return service.mesh() && namespace != null && namespace.inject();
    }

    /**
     * True if sidecars can start before the other containers of a pod and end after them: a control plane that knows
     * the annotation [istio.io, change notes of 1.24] on nodes that know such containers [kubernetes.io, Sidecar
     * Containers, beta and on in 1.29].
     */
    public boolean hasNativeSidecars() {
        return cluster.kubernetes().isAtLeast(NATIVE_SIDECARS)
                && istio.controlPlanes().dialect().isAtLeast(NATIVE_SIDECARS_BY_ANNOTATION);
    }

    /** The releases that go together on this cluster. */
    public Releases compatible() {
        return Compatibility.resolve(cluster.kubernetes(), istio.version(), new TreeMap<>(releases));
    }
}
