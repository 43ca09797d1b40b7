package io.meshwright.upgrade;

import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.value.Version;
import java.util.List;
import java.util.stream.Stream;

/**
 * Differences of Istio from release to release, as far as it touches what meshes here are made of. Sources: the upgrade
 * notes of each release [istio/istio, releasenotes/notes], and for those that {@link IstioVersion} knows, what it
 * names.
 */
final class Changes {
    private static final List<Change> ALL = List.of(
            new Change(
                    IstioVersion::retriesOn503,
                    "A route that says nothing about retries, or a call by no route at all, no longer repeats a"
                            + " request that was answered 503.",
                    Concerned::byDefaultRetries),
            new Change(
                    IstioVersion::retriesInboundResets,
                    "A sidecar repeats a request that its own application reset before reading it.",
                    Concerned::byInboundRetries),
            new Change(
                    IstioVersion::mergesDestinationRulesByExport,
                    "DestinationRules of one host are one only where they are exported to the same namespaces.",
                    Concerned::byMergedRules),
            Change.since(
                    "1.24",
                    "Of several services with one host, a proxy takes the one of its own namespace, then the "
                            + "Kubernetes Service, whether there is a Sidecar or not (PILOT_UNIFIED_SIDECAR_SCOPE).",
                    Concerned::bySharedHosts),
            Change.since(
                    "1.24",
                    "The charts read the values of istiod and of the CNI node agent at the top; Meshwright "
                            + "writes them there.",
                    Concerned::byMovedValues),
            new Change(
                    IstioVersion::allocatesAddresses,
                    "A ServiceEntry without addresses gets one by itself, so that its TCP ports can be told apart.",
                    Concerned::byAllocatedAddresses),
            new Change(
                    IstioVersion::allocatesAddresses,
                    "Meshwright leaves out the addresses that it chose for hosts outside, because istiod chooses them"
                            + " now.",
                    Concerned::byChosenAddresses),
            Change.since(
                    "1.25",
                    "Envoy takes no client's address for an internal one, so a gateway drops x-envoy headers "
                            + "that clients send.",
                    Concerned::byInternalHeaders),
            Change.since(
                    "1.27", "The tracing providers Lightstep and OpenCensus are gone.", Concerned::byRemovedProviders),
            Change.since(
                    "1.27",
                    "The proxy is an init container that keeps running, where Kubernetes can do that: it starts "
                            + "before the application's own init containers and ends after its containers.",
                    Concerned::bySidecars),
            new Change(
                    IstioVersion::quotesNamespaces,
                    "A dot in a namespace of an AuthorizationPolicy is a dot, and no longer any character.",
                    Concerned::byQuotedNamespaces),
            Change.since(
                    "1.29",
                    "istiod's debug pages tell tools of other namespaces less (ENABLE_DEBUG_ENDPOINT_AUTH): "
                            + "look at "
                            + "Kiali's pages about proxies after this step.",
                    Concerned::byGuardedDebugging),
            Change.since(
                    "1.29",
                    "The metrics of what circuit breakers have left are off " + "(DISABLE_TRACK_REMAINING_CB_METRICS).",
                    Concerned::byRemainingMetrics),
            Change.since(
                    "1.30",
                    "Of several services with one host in namespaces that a Sidecar imports, the Kubernetes "
                            + "Service comes first and then the oldest (PILOT_SIDECAR_PICK_BEST_SERVICE_NAMESPACE).",
                    Concerned::bySharedHosts),
            new Change(
                    IstioVersion::closesManagedGatewaysToOthers,
                    "The pods that istiod runs for a Gateway of the Gateway API take none of Istio's Gateways of other"
                            + " namespaces (PILOT_ENABLE_STRICT_GATEWAY_MERGING).",
                    Concerned::byGatewaysOfOthers),
            new Change(
                    IstioVersion::leavesConflictingListenersOut,
                    "A listener of the Gateway API is left out if one before it has its port and hostname, as one of a"
                            + " ListenerSet may.",
                    Concerned::byListenerSets),
            new Change(
                    IstioVersion::demandsTlsOfListeners,
                    "A listener of HTTPS or TLS of the Gateway API without `tls` is not opened.",
                    Concerned::byListenersWithoutTls),
            Change.since(
                    "1.31",
                    "TCPRoutes, and listeners of TCP of the Gateway API, need no PILOT_ENABLE_ALPHA_GATEWAY_API any more.",
                    Concerned::byRoutesOfBytes),
            Change.since(
                    "1.31",
                    "An HTTPRoute that names no backend is answered 500 again, and no longer 404.",
                    Concerned::byAbsentBackends),
            Change.since(
                    "1.31",
                    "Proxies know the pods that are not ready, too, as UNHEALTHY, unless minHealthPercent is set; they"
                            + " call none of them, as before (PILOT_AUTO_SEND_UNHEALTHY_ENDPOINTS). Envoy's members of a"
                            + " cluster are more.",
                    Concerned::byMembersOfClusters),
            Change.since(
                    "1.31",
                    "A gateway always writes a span for each request that it sends on"
                            + " (PILOT_SPAWN_UPSTREAM_SPAN_FOR_GATEWAY is gone).",
                    Concerned::bySpansOfGateways),
            Change.since(
                    "1.31",
                    "Images and charts are at Docker Hub, blob.istio.io and ghcr.io alone: gcr.io/istio-release,"
                            + " registry.istio.io and istio-release.storage.googleapis.com have none of them.",
                    Concerned::byGoneRegistries));
    private static final Change ENVOY = new Change(
            version -> true,
            "An EnvoyFilter edits what istiod makes for Envoy, which may change with every release: try it first.",
            Concerned::byEnvoyFilters);

    private Changes() {}

    /** In the order of their releases; what any step may change comes last. */
    static List<Change> between(Version from, Version to) {
        return Stream.concat(ALL.stream().filter(change -> change.liesBetween(from, to)), Stream.of(ENVOY))
                .toList();
    }
}
