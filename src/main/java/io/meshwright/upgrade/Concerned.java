package io.meshwright.upgrade;

import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.install.HelmRelease;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The objects of a mesh for which a change of Istio makes a difference. */
final class Concerned {
    private static final String KIALI = "kiali";

    private Concerned() {}

    /** Routes that leave retries to Istio, and services that sidecars call by no route at all. */
    static List<String> byDefaultRetries(Mesh mesh) {
        Stream<String> routes = mesh.virtualServices().all().stream()
                .flatMap(service -> mesh.virtualServices().routes(service).stream())
                .filter(route -> !route.isRedirect()
                        && !route.isDirectResponse()
                        && !route.body().has("retries"))
                .map(Concerned::named);
        Set<String> routed = mesh.virtualServices().all().stream()
                .filter(VirtualService::isOnMesh)
                .flatMap(service -> service.hosts().stream()
                        .map(host ->
                                mesh.services().host(host, service.manifest().home())))
                .collect(Collectors.toSet());
        Stream<String> services = mesh.services().all().stream()
                .filter(service -> service.isKubernetes() && service.isWritten() && isHttp(service))
                .filter(service -> mesh.services().pods(service).stream()
                        .anyMatch(pod -> pod.proxy().isSidecar()))
                .filter(service -> !routed.contains(service.host()))
                .map(service -> "Service %s/%s".formatted(service.namespace(), service.name()));
        return Stream.concat(routes, services).sorted().toList();
    }

    /** Workloads that answer HTTP behind a sidecar. */
    static List<String> byInboundRetries(Mesh mesh) {
        return sidecars(mesh)
                .filter(pod -> mesh.services().selecting(pod).stream().anyMatch(Concerned::isHttp))
                .map(Pod::toString)
                .toList();
    }

    static List<String> bySidecars(Mesh mesh) {
        return sidecars(mesh).map(Pod::toString).toList();
    }

    /** Hosts with several DestinationRules in one namespace. */
    static List<String> byMergedRules(Mesh mesh) {
        return several(mesh.manifests().kind(Kind.DESTINATION_RULE).stream()
                .collect(Collectors.groupingBy(
                        rule -> "%s in %s"
                                .formatted(
                                        mesh.services()
                                                .host(rule.at("/spec/host").asText(), rule.home()),
                                        rule.home()),
                        TreeMap::new,
                        Collectors.counting())));
    }

    /** Hosts that several Services or ServiceEntries have. */
    static List<String> bySharedHosts(Mesh mesh) {
        return several(mesh.services().all().stream()
                .collect(Collectors.groupingBy(Service::host, TreeMap::new, Collectors.counting())));
    }

    /** ServiceEntries without addresses for hosts that could get one. */
    static List<String> byAllocatedAddresses(Mesh mesh) {
        return named(mesh.manifests().kind(Kind.SERVICE_ENTRY).stream()
                .filter(entry -> entry.texts("/spec/addresses").isEmpty())
                .filter(entry -> !entry.at("/spec/resolution").asText("NONE").equals("NONE")));
    }

    /** ServiceEntries with addresses for hosts that DNS knows. */
    static List<String> byChosenAddresses(Mesh mesh) {
        return named(mesh.manifests().kind(Kind.SERVICE_ENTRY).stream()
                .filter(entry -> entry.at("/spec/resolution").asText().equals("DNS"))
                .filter(entry -> !entry.texts("/spec/addresses").isEmpty()));
    }

    /** Objects that speak of headers that Envoy once took from clients with private addresses. */
    static List<String> byInternalHeaders(Mesh mesh) {
        return named(Stream.of(Kind.VIRTUAL_SERVICE, Kind.AUTHORIZATION_POLICY, Kind.ENVOY_FILTER)
                .flatMap(kind -> mesh.manifests().kind(kind).stream())
                .filter(object -> object.at("/spec").toString().contains("x-envoy-")));
    }

    static List<String> byEnvoyFilters(Mesh mesh) {
        return named(mesh.manifests().kind(Kind.ENVOY_FILTER).stream());
    }

    /** Providers that are no longer there. */
    static List<String> byRemovedProviders(Mesh mesh) {
        return StreamSupport.stream(
                        mesh.config().body().path("extensionProviders").spliterator(), false)
                .filter(provider -> provider.has("lightstep") || provider.has("opencensus"))
                .map(provider -> "provider %s".formatted(provider.path("name").asText()))
                .toList();
    }

    /** Policies that name a namespace with a dot, which once stood for any character. */
    static List<String> byQuotedNamespaces(Mesh mesh) {
        return named(mesh.manifests().kind(Kind.AUTHORIZATION_POLICY).stream()
                .filter(policy -> policy.at("/spec/rules").findValues("namespaces").stream()
                        .anyMatch(names -> names.toString().contains("."))));
    }

    /** A Kiali that does not live beside istiod. */
    static List<String> byGuardedDebugging(Mesh mesh) {
        return mesh.pods().all().stream()
                .filter(pod -> KIALI.equals(pod.labels().get("app")))
                .filter(pod -> !pod.namespace().equals(mesh.config().rootNamespace()))
                .map(Pod::toString)
                .toList();
    }

    /** Dashboards and alerts that ask for metrics which are off by default. */
    static List<String> byRemainingMetrics(Mesh mesh) {
        return named(mesh.manifests().kind(Kind.CONFIG_MAP).stream()
                .filter(map -> map.at("/data").toString().contains("circuit_breakers"))
                .filter(map -> map.at("/data").toString().contains("remaining_")));
    }

    /** Installers of charts whose values moved to other keys. */
    static List<String> byMovedValues(Mesh mesh) {
        return named(HelmRelease.all(mesh.manifests()).stream()
                .filter(release -> Set.of("istiod", "cni").contains(release.chart()))
                .map(release -> release.source().manifest()));
    }

    /** Gateways that select pods of a managed Gateway of the Gateway API in another namespace. */
    static List<String> byGatewaysOfOthers(Mesh mesh) {
        List<Pod> managed = mesh.pods().all().stream()
                .filter(pod -> pod.source().manifest().kind().equals(Kind.API_GATEWAY))
                .toList();
        return named(mesh.gateways().all().stream()
                .filter(gateway -> managed.stream()
                        .anyMatch(pod ->
                                !pod.namespace().equals(gateway.manifest().home())
                                        && (gateway.selector().isEmpty() || pod.isSelectedBy(gateway.selector()))))
                .map(gateway -> gateway.manifest()));
    }

    static List<String> byListenerSets(Mesh mesh) {
        return named(mesh.manifests().kind(Kind.LISTENER_SET).stream());
    }

    /** Gateways and ListenerSets of the Gateway API with a listener that takes TLS and does not say how. */
    static List<String> byListenersWithoutTls(Mesh mesh) {
        return named(Stream.of(Kind.API_GATEWAY, Kind.LISTENER_SET)
                .flatMap(kind -> mesh.manifests().kind(kind).stream())
                .filter(owner -> Fields.items(owner.at("/spec/listeners")).stream()
                        .anyMatch(listener -> Set.of("HTTPS", "TLS")
                                        .contains(listener.path("protocol").asText(""))
                                && !listener.path("tls").isObject())));
    }

    static List<String> byRoutesOfBytes(Mesh mesh) {
        return named(mesh.manifests().kind(Kind.TCP_ROUTE).stream());
    }

    /** HTTPRoutes with a rule that neither names a backend nor redirects. */
    static List<String> byAbsentBackends(Mesh mesh) {
        return named(mesh.manifests().kind(Kind.HTTP_ROUTE).stream()
                .filter(route -> Fields.items(route.at("/spec/rules")).stream()
                        .anyMatch(rule -> rule.path("backendRefs").isEmpty()
                                && Fields.items(rule.path("filters")).stream()
                                        .noneMatch(filter -> filter.has("requestRedirect")))));
    }

    /** Dashboards and alerts that count the members of clusters. */
    static List<String> byMembersOfClusters(Mesh mesh) {
        return named(mesh.manifests().kind(Kind.CONFIG_MAP).stream()
                .filter(map -> map.at("/data").toString().contains("cluster_membership_")));
    }

    /** Installers that set what is no longer read. */
    static List<String> bySpansOfGateways(Mesh mesh) {
        return installers(mesh, "PILOT_SPAWN_UPSTREAM_SPAN_FOR_GATEWAY");
    }

    /** Installers that take charts or images from where none are any more. */
    static List<String> byGoneRegistries(Mesh mesh) {
        return installers(mesh, "gcr.io/istio-release", "registry.istio.io", "istio-release.storage.googleapis.com");
    }

    private static List<String> installers(Mesh mesh, String... words) {
        return named(HelmRelease.all(mesh.manifests()).stream()
                .map(release -> release.source().manifest())
                .filter(installer ->
                        Stream.of(words).anyMatch(installer.at("/spec").toString()::contains))
                .distinct());
    }

    private static Stream<Pod> sidecars(Mesh mesh) {
        return mesh.pods().all().stream().filter(pod -> pod.proxy().isSidecar());
    }

    private static boolean isHttp(Service service) {
        return service.ports().stream().map(ServicePort::protocol).anyMatch(protocol -> protocol.isHttp());
    }

    private static List<String> several(Map<String, Long> counted) {
        return counted.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String named(HttpRoute route) {
        return "%s route %s".formatted(route.owner().manifest(), route.name());
    }

    private static List<String> named(Stream<Manifest> objects) {
        return objects.map(Manifest::toString).toList();
    }
}
